"""What the desk does to the knowledge, with the real store, search and review behind it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bots.bootstrap import open_store
from bots.brain import build_brain, sync_knowledge
from bots.desk.parts import RefusedAnswer
from bots.knowledge_desk import FirmKnowledge
from core.embedding.scripted import ScriptedEmbedder
from core.settings import Settings

FIRM = """
name: Oak
languages: [en]
policies:
  - id: guarantee
    text: {en: "The guarantee is 24 months."}
"""


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[FirmKnowledge]:
    firm = tmp_path / "firm"
    (firm / "knowledge").mkdir(parents=True)
    (firm / "firm.yaml").write_text(FIRM, encoding="utf-8")
    (firm / "knowledge" / "delivery.en.md").write_text("# Delivery\n\nDelivery takes three days.\n", encoding="utf-8")
    (firm / "price_list.csv").write_text("sku,name_en,price,currency\nT-1,Oak table,14500,UAH\n", encoding="utf-8")
    settings = Settings(firm=firm, data_dir=tmp_path / "data")
    store = open_store(settings)
    loaded = await store.firms.load()
    brain = build_brain(settings, store, embedder=ScriptedEmbedder())
    await sync_knowledge(brain, loaded)
    yield FirmKnowledge(brain=brain, firms=store.firms, database=store.database, clock=store.clock)
    await brain.close()
    store.database.close()
    store.folder.release()


async def test_a_confirmed_answer_is_found_and_outlives_the_folders_next_reading(desk: FirmKnowledge) -> None:
    source = await desk.confirm("k", "Do you paint tables?", "# Yes\nin any colour of the catalogue.", "en")
    await desk.reindex()
    (kept,) = await desk.confirmed()
    assert (kept.source, kept.question, kept.language) == (source, "Do you paint tables?", "en")
    assert kept.answer == "Yes in any colour of the catalogue."
    tried = await desk.test("Do you paint tables?", "en")
    assert tried.found.hits[0].passage.source == source


async def test_a_second_answer_to_a_question_replaces_the_first(desk: FirmKnowledge) -> None:
    await desk.confirm("k", "Do you paint tables?", "Yes.", "en")
    await desk.confirm("k", "Do you paint tables?", "Not any more.", "en")
    assert [kept.answer for kept in await desk.confirmed()] == ["Not any more."]


async def test_what_was_taken_back_is_known_no_more(desk: FirmKnowledge) -> None:
    source = await desk.confirm("k", "Do you paint tables?", "Yes.", "en")
    await desk.retract(source)
    assert await desk.confirmed() == []
    with pytest.raises(LookupError):
        await desk.retract(source)


async def test_a_page_of_the_folder_cannot_be_taken_back(desk: FirmKnowledge) -> None:
    with pytest.raises(LookupError):
        await desk.retract("delivery.en.md")
    assert [source.source for source in await desk.sources()] == ["delivery.en.md"]


async def test_an_answer_with_an_amount_of_no_file_is_refused_with_its_rule(desk: FirmKnowledge) -> None:
    with pytest.raises(RefusedAnswer) as refused:
        await desk.confirm("k", "How much is painting?", "Painting costs 999 UAH.", "en")
    assert (refused.value.rule, refused.value.sentence) == ("untraced_amount", "Painting costs 999 UAH.")
    assert await desk.confirmed() == []


async def test_a_changed_price_empties_the_answers_that_were_kept(desk: FirmKnowledge) -> None:
    await desk.rehearse("Do you have parking for guests?", "en")
    assert [kept.text for kept in await desk.kept_answers()] == ["Do you have parking for guests?"]
    await desk.files.change_price("T-1", {"price": "15000"}, await desk.files.seen("price_list.csv"))
    assert await desk.kept_answers() == []


async def test_a_rehearsal_is_the_whole_reply_and_leaves_nothing_behind(desk: FirmKnowledge) -> None:
    rehearsed = await desk.rehearse("How much is the oak table?", "en")
    assert rehearsed.texts
    assert rehearsed.move
    assert rehearsed.acts

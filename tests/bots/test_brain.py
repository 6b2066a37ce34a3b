"""The firm's folder becomes knowledge: pages, PDF files and web pages together, whatever one of them suffers from."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bots.bootstrap import open_store
from bots.brain import Brain, build_brain, sync_knowledge
from core.domain.turn import Query
from core.embedding.scripted import ScriptedEmbedder
from core.settings import Settings
from core.strategy.firm_folder import LoadedFirm
from tests.rag.sources.pdf_files import build_pdf


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    knowledge = tmp_path / "firm" / "knowledge"
    knowledge.mkdir(parents=True)
    (tmp_path / "firm" / "firm.yaml").write_text("name: Oak\nlanguages: [en]\n", encoding="utf-8")
    (knowledge / "delivery.en.md").write_text("# Delivery\n\nDelivery takes three days.\n", encoding="utf-8")
    (knowledge / "guarantee.en.pdf").write_bytes(build_pdf([["The guarantee is 24 months for every table."]]))
    return tmp_path / "firm"


@pytest.fixture
async def opened(tmp_path: Path, firm: Path) -> AsyncIterator[tuple[Brain, LoadedFirm]]:
    settings = Settings(firm=firm, data_dir=tmp_path / "data")
    store = open_store(settings)
    loaded = await store.firms.load()
    brain = build_brain(settings, store, embedder=ScriptedEmbedder())
    yield brain, loaded
    await brain.close()
    store.database.close()
    store.folder.release()


async def test_a_damaged_pdf_is_named_and_what_was_known_of_it_stays(
    opened: tuple[Brain, LoadedFirm], firm: Path
) -> None:
    brain, loaded = opened
    first = await sync_knowledge(brain, loaded)
    assert (first.added, first.troubles) == (2, ())
    file = firm / "knowledge" / "guarantee.en.pdf"
    file.write_bytes(b"%PDF-1.4 damaged")
    second = await sync_knowledge(brain, loaded)
    assert (second.removed, second.unchanged) == (0, 1)
    (trouble,) = second.troubles
    assert trouble.where == str(file)
    assert trouble.hint
    file.unlink()
    assert (await sync_knowledge(brain, loaded)).removed == 1


async def test_a_pdf_is_found_like_any_page(opened: tuple[Brain, LoadedFirm]) -> None:
    brain, loaded = opened
    await sync_knowledge(brain, loaded)
    found = await brain.retriever.search(Query("The guarantee is 24 months for every table", "en"))
    assert found.hits[0].passage.source == "guarantee.en.pdf"

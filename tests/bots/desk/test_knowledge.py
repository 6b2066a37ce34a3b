from urllib.parse import quote

import pytest

from core.ports import PlannedCall
from core.storage.spending import SqlSpending
from tests.bots.desk.browser import Visitor, text
from tests.bots.desk.demo import Demo


async def test_the_page_lists_the_sources(visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    page = text(await visitor.get("/desk/knowledge"))
    assert "delivery.uk.md delivery Ukrainian 7" in page


async def test_a_question_shows_the_answer_and_what_was_found(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    page = text(await visitor.get(f"/desk/knowledge?q={quote('Скільки триває доставка?')}&language=uk"))
    assert demo.knowledge.asked == [("Скільки триває доставка?", "uk")]
    for words in (
        "The bot would say Доставка триває 1–3 робочі дні. From: delivery.uk.md",
        "Passages below 0.45 are not quoted.",
        "0.81",
        "by meaning: place 1 · by words: place 2",
    ):
        assert words in page


async def test_a_question_without_an_answer_names_the_rule(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    page = text(await visitor.get("/desk/knowledge?q=Moon&language=xx"))
    assert demo.knowledge.asked == [("Moon", "uk")]
    assert "The bot would say that it does not know" in page
    assert "The best passage is below the cut-off" in page


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("nearest", "it shows what comes nearest and says that it may be none"),
        ("price", "The pages alone do not answer this"),
        ("Moon", "The bot would say that it does not know"),
    ],
)
async def test_what_is_told_of_a_question_agrees_with_the_whole_reply(
    visitor: Visitor, question: str, verdict: str
) -> None:
    await visitor.sign_in("petro")
    assert verdict in text(await visitor.get(f"/desk/knowledge?q={question}&language=uk"))


async def test_a_lead_reads_the_folder_again(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    page = await visitor.send("/desk/knowledge/reindex")
    assert (demo.knowledge.reindexed, "The folder was read again." in text(page)) == (1, True)


async def test_an_operator_does_not(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    assert (await visitor.send("/desk/knowledge/reindex")).status_code == 403
    assert demo.knowledge.reindexed == 0
    assert "reindex" not in (await visitor.get("/desk/knowledge")).text


async def test_the_channels_page_says_what_is_wrong_and_how_to_mend_it(visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    page = text(await visitor.get("/desk/health"))
    assert "telegram:kavomir another program uses this bot since 09:00" in page
    assert "How to mend: stop the other program" in page
    assert "Web chat works" in page


async def test_the_health_page_tells_what_models_cost(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    assert "No language model was asked yet" in text(await visitor.get("/desk/health"))
    spending = SqlSpending(
        database=demo.database, clock=demo.clock, today=lambda now: now.date(), day_limit=None, lead_limit=None
    )
    await spending.reserve(PlannedCall(None, "wording", "openai", "small-model", 2500))
    assert "2026-11-23 small-model 1 0 0 0.0025 USD" in text(await visitor.get("/desk/health"))

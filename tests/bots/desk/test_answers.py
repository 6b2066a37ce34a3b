from datetime import timedelta
from urllib.parse import quote

import pytest

from core.storage.users import list_audit
from tests.bots.desk.browser import Visitor, hidden, text
from tests.bots.desk.demo import NOON, Demo
from tests.bots.desk.talks import answer, say

MOON = "Чи доставляєте на Місяць?"


async def ask(demo: Demo, who: str, question: str, *, minutes: int = 0) -> None:
    """A question that the bot has no answer to."""
    at = NOON - timedelta(hours=5) + timedelta(minutes=minutes)
    await say(demo, who, question, at=at)
    await answer(demo, who, "Не знаю напевно.", at=at, unanswered="ask_terms")


async def test_what_was_not_answered_is_listed_the_newest_first_with_its_conversation(
    demo: Demo, visitor: Visitor
) -> None:
    await ask(demo, "anna", MOON)
    await ask(demo, "boris", "А на Марс?", minutes=1)
    await visitor.sign_in("petro")
    page = await visitor.get("/desk/knowledge")
    assert text(page).index("А на Марс?") < text(page).index(MOON)
    assert f'href="/desk/conversations/{demo.talks["anna"]}"' in page.text
    assert "asks about terms" in text(page)


async def test_the_same_question_in_other_words_is_one(demo: Demo, visitor: Visitor) -> None:
    await ask(demo, "anna", MOON)
    await ask(demo, "boris", "доставляєте на місяць чи ні", minutes=1)
    await visitor.sign_in("petro")
    page = text(await visitor.get("/desk/knowledge"))
    assert "asked 2 times" in page
    assert "1 other wording" in page


async def test_a_settled_question_comes_back_when_it_is_asked_again(demo: Demo, visitor: Visitor) -> None:
    await ask(demo, "anna", MOON)
    await visitor.sign_in("olena")
    key = (await visitor.get("/desk/knowledge")).text.split("/desk/knowledge/questions/")[1].split("/")[0]
    page = await visitor.send(f"/desk/knowledge/questions/{key}/settle")
    assert "Off the list." in text(page)
    assert MOON not in text(page)
    await ask(demo, "boris", MOON, minutes=600)
    assert "asked once" in text(await visitor.get("/desk/knowledge"))


async def test_a_question_is_answered_once_and_for_all(demo: Demo, visitor: Visitor) -> None:
    await ask(demo, "anna", MOON)
    await visitor.sign_in("olena")
    form = await visitor.get(f"/desk/knowledge/answers/new?question={quote(MOON)}&language=uk")
    assert f'value="{MOON}"' in form.text
    page = text(await visitor.send("/desk/knowledge/answers", question=MOON, language="uk", answer=" Поки що ні. "))
    assert "The bot knows it now." in page
    assert f"{MOON} Поки що ні. Ukrainian" in page
    assert "Every question found its answer." in page
    (entry,) = await demo.database.read(lambda conn: list_audit(conn, 1))
    assert (entry.action, entry.object.partition(":")[0]) == ("confirm_answer", "question")
    assert "Місяць" not in repr(entry)


async def test_an_answer_that_review_would_cut_is_refused_in_place(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    page = await visitor.send("/desk/knowledge/answers", question="Чи є знижка?", language="uk", answer="Так, 7%.")
    assert page.status_code == 422
    assert "a discount that no policy grants" in text(page)
    assert "Так, 7%.</textarea>" in page.text
    assert demo.knowledge.answers == {}


@pytest.mark.parametrize(
    ("question", "given", "advice"),
    [("", "Так.", "Write both"), ("Чи є?", " ", "Write both"), ("Чи є?", "а" * 2001, "longer than 2000")],
)
async def test_an_answer_that_cannot_be_kept_is_refused(
    demo: Demo, visitor: Visitor, question: str, given: str, advice: str
) -> None:
    await visitor.sign_in("olena")
    page = await visitor.send("/desk/knowledge/answers", question=question, language="uk", answer=given)
    assert page.status_code == 422
    assert advice in text(page) or "The form was not complete" in text(page)
    assert demo.knowledge.answers == {}


async def test_a_confirmed_answer_can_be_taken_back(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    page = await visitor.send("/desk/knowledge/answers", question=MOON, language="uk", answer="Поки що ні.")
    assert MOON in text(page)
    source = hidden(page)["source"]
    page = await visitor.send("/desk/knowledge/answers/retract", source=source)
    assert "The answer was taken back." in text(page)
    assert demo.knowledge.answers == {}
    assert (await visitor.send("/desk/knowledge/answers/retract", source=source)).status_code == 404


async def test_an_operator_reads_the_questions_and_answers_none(demo: Demo, visitor: Visitor) -> None:
    await ask(demo, "anna", MOON)
    await visitor.sign_in("petro")
    page = await visitor.get("/desk/knowledge")
    assert MOON in text(page)
    assert "answers/new" not in page.text
    assert (await visitor.send("/desk/knowledge/answers", question=MOON, answer="Так")).status_code == 403


async def test_a_tried_question_shows_the_whole_reply_and_how_it_was_understood(visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    page = text(await visitor.get("/desk/knowledge?q=Moon&language=uk"))
    assert "Не знаю напевно. Покликати людину?" in page
    assert "Understood: asks about terms" in page

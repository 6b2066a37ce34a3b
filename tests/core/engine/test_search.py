"""What is asked for is completed with what was talked of, when it cannot stand by itself."""

from dataclasses import dataclass, field, replace

import pytest

from core.domain.conversation import Memory
from core.domain.turn import Found, Hit, Passage, Query, Turn
from core.engine.search import LONGEST_QUERY, bind, build_query, refers_back, search
from core.engine.wishes import find_wishes
from tests.core.engine.situations import build_firm, build_product, build_turn, understood

VENTO = replace(build_product("V-1"), names={"uk": "Vento Home", "en": "Vento Home"})
FIRM = build_firm(products=(VENTO,))


@dataclass
class Library:
    """Knows an answer to whatever holds one of its words."""

    knows: tuple[str, ...] = ()
    asked: list[Query] = field(default_factory=list)
    wanted: tuple[str, ...] = ("Vento",)
    """What is wanted of it: whatever holds one of these words ..."""
    alone: str | None = None
    """... or is just this."""

    async def search(self, query: Query) -> Found:
        self.asked.append(query)
        passage = Passage(len(self.asked), "a.en.md", "a", "en", "", query.text)
        is_wanted = query.text == self.alone or any(word in query.text for word in self.wanted)
        wanted = 0.9 if is_wanted else 0.0
        return Found((Hit(passage, 0.9, wanted=wanted),), any(word in query.text for word in self.knows), 0.5)


def turn(text: str, topic: str | None = None) -> Turn:
    return build_turn(text, firm=FIRM, memory=Memory(focus="V-1", topic=topic))


async def ask(text: str, library: Library, *, sku: str | None = "V-1", topic: str | None = None) -> Found:
    return await search(turn(text, topic), understood("ask_product"), sku, library)


async def test_a_question_that_points_back_is_asked_about_the_product() -> None:
    library = Library(knows=("Vento",))
    found = await ask("and how much does it weigh?", library, topic="machines")
    assert [query.text for query in library.asked] == ["Vento Home: and how much does it weigh?"]
    assert library.asked[0].topic == "machines"
    assert library.asked[0].vector is None
    assert found.enough


@pytest.mark.parametrize(
    ("wanted", "answers"),
    [((), "Vento Home: is it covered?"), (("is it",), "Vento Home: is it covered?")],
)
async def test_what_is_found_for_the_product_stays_when_it_answers_or_nothing_does(
    wanted: tuple[str, ...], answers: str
) -> None:
    found = await ask("is it covered?", Library(knows=("covered",), wanted=wanted))
    assert found.hits[0].passage.text == answers


async def test_a_page_that_only_shares_the_name_gives_way_to_the_one_that_answers() -> None:
    library = Library(knows=("covered",), wanted=(), alone="is it covered?")
    found = await ask("is it covered?", library)
    assert found.hits[0].passage.text == "is it covered?"
    assert len(library.asked) == 2


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("як до вас доїхати", "Where are you located?"), ("де ви", "Where are you located?"),
        ("как к вам доехать", "Where are you located?"), ("how do i get to your place", "Where are you located?"),
        ("як зробити замовлення", "How do I place an order?"), ("замовити можна тут?", "How do I place an order?"),
        ("как заказать", "How do I place an order?"), ("how to order", "How do I place an order?"),
        ("how to order a repair", "how to order a repair"), ("як до вас дозвонитись", "як до вас дозвонитись"),
    ],
)  # fmt: skip
async def test_what_people_say_in_many_ways_is_asked_as_pages_say_it(text: str, asked: str) -> None:
    query = build_query(turn(text), understood("ask_terms", wishes=find_wishes(text)), None)
    assert query.text == asked


async def test_a_short_question_is_asked_as_it_is_first() -> None:
    library = Library(knows=("noise",))
    await ask("what about the noise", library)
    await ask("noise level?", library)
    assert [query.text for query in library.asked] == ["Vento Home: what about the noise", "noise level?"]


@pytest.mark.parametrize("text", ["а вернуть можно?", "а яка доставка?", "and the warranty on it?"])
async def test_terms_hold_for_everything_so_they_are_asked_for_by_themselves_first(text: str) -> None:
    library = Library(knows=(text,))
    await ask(text, library, topic="machines")
    assert [query.text for query in library.asked] == [text]


async def test_what_finds_nothing_one_way_is_asked_the_other_way() -> None:
    library = Library(knows=("Vento",))
    assert (await ask("warranty?", library)).enough
    assert [query.text for query in library.asked] == ["warranty?", "Vento Home: warranty?"]


async def test_what_is_known_neither_way_is_not_known() -> None:
    library = Library()
    assert not (await ask("warranty?", library)).enough
    assert len(library.asked) == 2


@pytest.mark.parametrize("text", ["is the Vento loud?", "please tell me everything that you know about your delivery"])
async def test_a_question_that_stands_by_itself_is_asked_once(text: str) -> None:
    library = Library()
    await ask(text, library)
    assert [query.text for query in library.asked] == [text]


async def test_without_a_product_the_topic_goes_on() -> None:
    library = Library(knows=("Sunday",))
    await ask("and on Sunday?", library, sku=None, topic="hours")
    assert [query.topic for query in library.asked] == ["hours"]
    await ask("and on Sunday?", library, sku=None)
    assert library.asked[-1].topic is None


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("а скільки важить?", True),
        ("яка в нього гарантія", True),
        ("а почём?", True),
        ("она шумная?", True),
        ("how big is it?", True),
        ("what about instalments?", True),
        ("скільки коштує доставка?", False),
        ("есть самовывоз?", False),
        ("do you deliver?", False),
        ("", False),
    ],
)
def test_words_that_point_back_are_known(text: str, back: bool) -> None:
    assert refers_back(text) is back


def test_a_query_never_grows_beyond_what_helps() -> None:
    query = build_query(turn("x" * 2000), understood("ask_product"), "V-1")
    assert len(query.text) == LONGEST_QUERY
    bound = bind(query, turn("x"))
    assert bound is not None
    assert len(bound.text) == LONGEST_QUERY

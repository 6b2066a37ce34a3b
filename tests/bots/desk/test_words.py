import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo

import pytest

from bots.access import Role
from bots.channel import AccountState
from bots.desk.leads import SHOWN_FACTS
from bots.desk.pages import TEMPLATES
from bots.desk.plain_words import rule_text
from bots.desk.words import LANGUAGES, Words, load_catalogues
from bots.meta.error_table import ROWS
from bots.telegram.refusals import _BAD_REQUESTS, _FORBIDDEN
from core.domain import review_rules
from core.domain.conversation import Holder
from core.domain.identity import Proof
from core.domain.likeness import WEIGHTS
from core.domain.messages import AttachmentKind
from core.domain.outcomes import OutcomeKind
from core.domain.promises import PromiseKind, PromiseState
from core.domain.sending import OutboxState
from core.domain.vocabulary import ACTS, FACT_NAMES, MOVES, STAGES
from core.domain.vocabulary import LANGUAGES as TALKED
from core.storage.lead_table import COLUMNS
from core.storage.marks import Mark
from rag.retrieve import LEG_WEIGHTS
from tests.bots.desk.demo import NOON

ROOT = Path(__file__).parents[3]
CATALOGUES = load_catalogues()

# Names that templates put together: each must have its words in every language.
FAMILIES = {
    "act": ACTS,
    "move": (*MOVES, "wait", "waiting"),
    "stage": STAGES,
    "fact": FACT_NAMES,
    "column": [column for column in COLUMNS if column != "channel"],
    "holder": list(Holder),
    "outcome": ["none", *OutcomeKind],
    "role": ("buyer", "partner", "customer", "bot", "operator", "system"),
    "language": TALKED,
    "channel": ("telegram", "messenger", "instagram", "webchat", "console"),
    "state": ("received", *OutboxState),
    "attachment": list(AttachmentKind),
    "health": list(AccountState),
    "user_role": list(Role),
    "role_means": list(Role),
    "leg": LEG_WEIGHTS,
    "health_part": ("webchat", "jobs", "database", "cache", "index"),
    "filter": ("stage", "role", "outcome", "language", "channel", "owner", "promise"),
    "reach": ("open", "both", "person", "private", "closed"),
    "tab": ("all", "waiting", "operator", "bot"),
    "promise": ("open", "overdue", *PromiseKind),
    "promise_state": list(PromiseState),
    "mark": list(Mark),
    "refused": ("below_cutoff", "no_sentence"),
    "blocked": review_rules.ALL,
    "firm_line": ("price", "valid_until", "in_stock", *TALKED),
    "likeness": WEIGHTS,
    "proof": list(Proof),
    "why_not": [row.reason for row in ROWS] + [row[1] for row in (*_BAD_REQUESTS, *_FORBIDDEN)],
    "knowledge_tab": ("pages", "prices", "policies"),
}


def words(language: str) -> Words:
    return Words(language, CATALOGUES[language], timezone=ZoneInfo("Europe/Kyiv"))


def test_every_language_has_the_same_keys() -> None:
    keys = {language: set(catalogue.texts) for language, catalogue in CATALOGUES.items()}
    assert keys["uk"] ^ keys["en"] == set()
    assert set(keys) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    texts = CATALOGUES[language].texts
    assert [key for key, text in texts.items() if not all(text if isinstance(text, tuple) else (text,))] == []


def test_both_languages_fill_in_the_same_values() -> None:
    def values(text: str | tuple[str, ...]) -> set[str | None]:
        forms = text if isinstance(text, tuple) else (text,)
        return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}

    english, ukrainian = CATALOGUES["en"].texts, CATALOGUES["uk"].texts
    assert [key for key in english if values(english[key]) != values(ukrainian[key])] == []


def keys_of_templates() -> Iterator[str]:
    for file in sorted(TEMPLATES.glob("*.html")):
        source = file.read_text()
        yield from re.findall(r'\bt(?:\.count|\.has)?\("([a-z_]+\.[a-z_]+)"', source)
        yield from re.findall(r'"([a-z_]+\.[a-z_]+)" (?:if|else)\b', source)
        yield from re.findall(r'\belse "([a-z_]+\.[a-z_]+)"', source)


# Calls in the code that name a key: the family, and which argument holds the name.
NAMING = {"BadForm": ("error", 0), "go_back": ("done", 2), "BadLine": ("line", 1), "record": ("audit", 2)}


def keys_of_code() -> Iterator[str]:
    for file in sorted((ROOT / "bots/desk").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            family, place = NAMING.get(node.func.id, ("", 99))
            named = node.args[place] if place < len(node.args) else None
            if isinstance(named, ast.Constant) and isinstance(named.value, str):
                yield f"{family}.{named.value}"


def test_every_key_that_the_desk_names_has_its_words() -> None:
    named = {*keys_of_templates(), *keys_of_code()} - {"desk.css", "desk.js", "icon.svg"}
    assert len(named) > 150
    assert sorted(named - set(CATALOGUES["en"].texts)) == []


@pytest.mark.parametrize("family", FAMILIES)
def test_every_name_of_a_family_has_its_words(family: str) -> None:
    missing = [name for name in FAMILIES[family] if f"{family}.{name}" not in CATALOGUES["en"].texts]
    assert missing == []


def test_the_table_shows_every_fact() -> None:
    assert sorted(SHOWN_FACTS) == sorted(FACT_NAMES)


SAYS_WHY = ("hand_off", "_erased", "_show")
"""Functions whose last argument is such a sentence."""


def rules_of_the_engine() -> Iterator[str]:
    """The sentences that decisions carry; a name put into one is written {what}."""
    files = [ROOT / "core/engine" / f"{name}.py" for name in ("hard_rules", "choices", "decide", "doorways")]
    for node in (node for file in files for node in ast.walk(ast.parse(file.read_text()))):
        given = node.value if isinstance(node, ast.keyword) and node.arg == "rules" else None
        sentences = list(given.elts) if isinstance(given, ast.Tuple) else []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYS_WHY:
            sentences.append(node.args[-1])
        for sentence in sentences:
            if isinstance(sentence, ast.Constant):
                yield str(sentence.value)
            elif isinstance(sentence, ast.JoinedStr):
                parts = (part.value if isinstance(part, ast.Constant) else "ask_price" for part in sentence.values)
                yield "".join(str(part) for part in parts)


def test_every_rule_of_the_engine_has_its_words() -> None:
    rules = list(rules_of_the_engine())
    assert len(rules) > 15
    unknown = [rule for rule in rules if not re.search("[а-яіїєґ]", rule_text(rule, words("uk")))]
    assert unknown == []


def test_a_rule_names_its_act_in_the_readers_language() -> None:
    assert (
        rule_text("a question is answered first: ask_price", words("en"))
        == "a question is answered first: asks the price"
    )
    assert rule_text("наш власний", words("en")) == "наш власний"


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [
        ("en", 1, "1 lead"),
        ("en", 5, "5 leads"),
        ("uk", 1, "1 лід"),
        ("uk", 3, "3 ліди"),
        ("uk", 11, "11 лідів"),
        ("uk", 22, "22 ліди"),
        ("uk", 12345, "12\xa0345 лідів"),
    ],
)
def test_numbers_take_the_right_form(language: str, number: int, text: str) -> None:
    assert words(language).count("leads.found", number) == text


def test_a_name_that_a_playbook_made_up_is_shown_as_people_would_say_it() -> None:
    assert words("uk")("move.offer_tasting-box") == "offer tasting box"


@pytest.mark.parametrize(
    ("age", "short"),
    [(timedelta(minutes=5), "11:55"), (timedelta(hours=13), "22 лист."), (timedelta(days=400), "19.10.25")],
)
def test_times_are_as_short_as_they_may_be(age: timedelta, short: str) -> None:
    assert words("uk").moment(NOON - age, NOON) == short

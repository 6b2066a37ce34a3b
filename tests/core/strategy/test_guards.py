import string
from dataclasses import fields, replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.situation import Situation
from core.strategy.guards import BadGuard, build_names, compile_guard

NAMES = build_names(stages=("opening", "closing", "won", "lost"), moves=("greet", "tell_story"))
QUIET = Situation(
    stage="opening",
    acts=frozenset(),
    known=frozenset(),
    done=frozenset(),
    role="buyer",
    channel="webchat",
    language="uk",
    turns=0,
    stuck=0,
    on_duty=False,
)


@pytest.mark.parametrize(
    ("source", "situation", "expected"),
    [
        ("known.phone", replace(QUIET, known=frozenset({"phone"})), True),
        ("known.phone", QUIET, False),
        ("known.product and not known.phone", replace(QUIET, known=frozenset({"product"})), True),
        ("known.product and not known.phone", replace(QUIET, known=frozenset({"product", "phone"})), False),
        ("act.agree or act.thanks", replace(QUIET, acts=frozenset({"thanks"})), True),
        ("stage.closing", replace(QUIET, stage="closing"), True),
        ("done.tell_story", replace(QUIET, done=frozenset({"tell_story"})), True),
        ("done.handle_price", replace(QUIET, done=frozenset({"handle_price"})), True),
        ("role.partner", QUIET, False),
        ("language.uk and channel.webchat", QUIET, True),
        ("turns > 3", replace(QUIET, turns=3), False),
        ("turns > 3", replace(QUIET, turns=4), True),
        ("stuck >= 2", replace(QUIET, stuck=2), True),
        ("1 < turns <= 5", replace(QUIET, turns=5), True),
        ("1 < turns <= 5", replace(QUIET, turns=6), False),
        ("turns == stuck", QUIET, True),
        ("not on_duty", QUIET, True),
        ("answered", replace(QUIET, answered=True), True),
        ("not (act.decline\n  and stage.opening)", QUIET, True),
    ],
)
def test_a_guard_says_what_it_reads_like(source: str, situation: Situation, expected: bool) -> None:
    assert compile_guard(source, NAMES)(situation) is expected


@pytest.mark.parametrize(
    ("source", "what", "hint"),
    [
        ("known.fone", "no 'fone'", "did you mean 'phone'"),
        ("act.agreed", "no 'agreed'", "did you mean 'agree'"),
        ("stage.closed", "no 'closed'", "did you mean 'closing'"),
        ("done.tel_story", "no 'tel_story'", "did you mean 'tell_story'"),
        ("role.boss", "no 'boss'", "allowed: buyer, partner"),
        ("knows.phone", "unknown word 'knows'", "did you mean 'known'"),
        ("onduty", "unknown name 'onduty'", "did you mean 'on_duty'"),
        ("turns", "turns is a number", "turns >= 2"),
        ("known", "known alone", "phone"),
        ("stage == 'closing'", "cannot be compared", "stage.closing"),
        ("turns in 3", "not allowed", "compare with"),
        ("turns > True", "cannot be compared", "only numbers"),
        ("turns >", "cannot be read", "a guard is made of"),
        ("", "cannot be read", "a guard is made of"),
        ("turns > 1\x00", "cannot be read", "a guard is made of"),
        ("not " * 200 + "answered", "longer than", "split"),
    ],
)
def test_a_wrong_guard_is_refused_with_the_nearest_right_spelling(source: str, what: str, hint: str) -> None:
    with pytest.raises(BadGuard) as caught:
        compile_guard(source, NAMES)
    assert what in caught.value.what
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    "source",
    [
        "__import__('os').system('true')",
        "known.__class__",
        "known.phone.__class__",
        "stage.__init__",
        "done.__class__.__mro__",
        "channel.a.b",
        "channel.__class__",
        "().__class__",
        "(lambda: answered)()",
        "[answered for answered in known]",
        "answered if on_duty else on_duty",
        "(answered := on_duty)",
        "f'{answered}'",
        "turns + 1 > 2",
        "turns > (1).real",
        "await answered",
        "known['phone']",
        "True",
        "-turns > 1",
        "~answered",
        "open",
        "answered; on_duty",
    ],
)
def test_anything_beyond_the_guard_language_is_refused(source: str) -> None:
    with pytest.raises(BadGuard):
        compile_guard(source, NAMES)


WORDS = (
    "known",
    "act",
    "stage",
    "done",
    "turns",
    "stuck",
    "not",
    "and",
    "or",
    "phone",
    "__class__",
    "eval",
    "exec",
    "open",
)
SIGNS = (
    ".",
    "(",
    ")",
    "[",
    "]",
    " ",
    ">",
    "==",
    "1",
    ",",
    ":=",
    "'",
    "lambda",
    "{",
    "}",
    "+",
    "*",
    "\n",
    "=",
    "__import__",
)


class Spy:
    """A situation that tells which of its fields were read."""

    def __init__(self) -> None:
        self.read: set[str] = set()

    def __getattr__(self, name: str) -> object:
        self.read.add(name)
        return getattr(QUIET, name)


@given(st.one_of(st.lists(st.sampled_from(WORDS + SIGNS)).map("".join), st.text(string.printable, max_size=60)))
def test_no_text_makes_a_guard_do_anything_but_read_the_situation(source: str) -> None:
    try:
        guard = compile_guard(source, NAMES)
    except BadGuard:
        return
    spy = Spy()
    assert isinstance(guard(cast(Situation, spy)), bool)
    assert spy.read <= {field.name for field in fields(Situation)}
    assert "__" not in guard.source


def guards() -> st.SearchStrategy[str]:
    """Texts that are guards, with what they mean left to Python itself."""
    leaves = st.sampled_from(
        ["known.phone", "act.agree", "stage.closing", "done.greet", "role.partner", "on_duty", "answered"]
    ) | st.builds(
        "{} {} {}".format, st.sampled_from(["turns", "stuck"]), st.sampled_from(["<", ">=", "=="]), st.integers(0, 4)
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            inner.map("not ({})".format),
            st.builds("({}) and ({})".format, inner, inner),
            st.builds("({}) or ({})".format, inner, inner),
        ),
        max_leaves=6,
    )


def situations() -> st.SearchStrategy[Situation]:
    return st.builds(
        Situation,
        stage=st.sampled_from(["opening", "closing"]),
        acts=st.frozensets(st.sampled_from(["agree", "decline"])),
        known=st.frozensets(st.sampled_from(["phone", "name"])),
        done=st.frozensets(st.sampled_from(["greet", "offer"])),
        role=st.sampled_from(["buyer", "partner"]),
        channel=st.just("webchat"),
        language=st.just("uk"),
        turns=st.integers(0, 4),
        stuck=st.integers(0, 4),
        on_duty=st.booleans(),
        answered=st.booleans(),
    )


class Members:
    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def __getattr__(self, name: str) -> bool:
        return name in self._names


@given(guards(), situations())
def test_a_guard_means_what_the_same_words_mean_in_python(source: str, situation: Situation) -> None:
    words = {
        "known": Members(situation.known),
        "act": Members(situation.acts),
        "done": Members(situation.done),
        "stage": Members(frozenset({situation.stage})),
        "role": Members(frozenset({situation.role})),
        "turns": situation.turns,
        "stuck": situation.stuck,
        "on_duty": situation.on_duty,
        "answered": situation.answered,
    }
    assert compile_guard(source, NAMES)(situation) is eval(source, {"__builtins__": {}}, words)

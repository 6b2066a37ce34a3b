"""The small language of `when:`: Python's grammar, of which a short whitelist is compiled and the rest refused."""

import ast
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from core.domain.situation import Situation
from core.domain.vocabulary import ACTS, FACT_NAMES, LANGUAGES, MOVES
from core.domain.wishes import TOLD, WISHES
from core.strategy.problems import name_hint

MAX_LENGTH = 500
ROLES = ("buyer", "partner")
FORMS = (
    "known.phone, act.agree, stage.closing, done.offer, role.partner, wish.visit, told.place, turns > 3, stuck >= 2, "
    "on_duty, answered, agreed, clear_fit, and, or, not"
)

Test = Callable[[Situation], bool]
Count = Callable[[Situation], int]

_FLAGS: Mapping[str, Test] = {
    "on_duty": lambda situation: situation.on_duty,
    "answered": lambda situation: situation.answered,
    "agreed": lambda situation: situation.agreed,
    "clear_fit": lambda situation: situation.clear_fit,
}
_COUNTS: Mapping[str, Count] = {
    "turns": lambda situation: situation.turns,
    "stuck": lambda situation: situation.stuck,
}
_COMPARE: Mapping[type[ast.cmpop], Callable[[int, int], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


class BadGuard(Exception):
    """The text is no guard. `hint` says how to mend it."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


@dataclass(frozen=True, slots=True)
class CompiledGuard:
    """A guard with the words it was made from, for the decision trace."""

    source: str
    test: Test

    def __call__(self, situation: Situation) -> bool:
        return self.test(situation)


def build_names(*, stages: Iterable[str], moves: Iterable[str]) -> Mapping[str, tuple[str, ...] | None]:
    """What may follow each `word.`; None = any name (the core does not know which channels there are)."""
    return {
        "known": FACT_NAMES,
        "act": ACTS,
        "stage": tuple(stages),
        "done": tuple(dict.fromkeys((*moves, *MOVES))),
        "role": ROLES,
        "language": LANGUAGES,
        "channel": None,
        "wish": WISHES,
        "told": TOLD,
    }


def compile_guard(source: str, names: Mapping[str, tuple[str, ...] | None]) -> CompiledGuard:
    """Raises BadGuard."""
    text = " ".join(source.split())
    if len(text) > MAX_LENGTH:
        raise BadGuard(f"the guard is longer than {MAX_LENGTH} characters", "split it over several moves")
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise BadGuard(f"the guard {text!r} cannot be read", f"a guard is made of: {FORMS}") from None
    return CompiledGuard(text, _Compiler(names).test(tree.body))


class _Compiler:
    def __init__(self, names: Mapping[str, tuple[str, ...] | None]) -> None:
        self._names = names

    def test(self, node: ast.expr) -> Test:
        match node:
            case ast.BoolOp(op=ast.And(), values=values):
                parts = [self.test(value) for value in values]
                return lambda situation: all(part(situation) for part in parts)
            case ast.BoolOp(op=ast.Or(), values=values):
                parts = [self.test(value) for value in values]
                return lambda situation: any(part(situation) for part in parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                inner = self.test(operand)
                return lambda situation: not inner(situation)
            case ast.Attribute(value=ast.Name(id=word), attr=name):
                return self._membership(word, name)
            case ast.Name(id=name):
                return self._flag(name)
            case ast.Compare():
                return self._comparison(node)
        raise BadGuard(f"{ast.unparse(node)!r} is not allowed in a guard", f"a guard is made of: {FORMS}")

    def _membership(self, word: str, name: str) -> Test:
        if word not in self._names:
            raise BadGuard(f"unknown word {word!r} in {word}.{name}", name_hint(word, self._names))
        allowed = self._names[word]
        if allowed is not None and name not in allowed:
            raise BadGuard(f"{word}.{name}: there is no {name!r}", name_hint(name, allowed))
        if name.startswith("_"):
            raise BadGuard(f"{word}.{name}: a name begins with a letter", f"a guard is made of: {FORMS}")
        return _member_test(word, name)

    def _flag(self, name: str) -> Test:
        if name in _FLAGS:
            return _FLAGS[name]
        if name in _COUNTS:
            raise BadGuard(f"{name} is a number", f"compare it: `{name} >= 2`")
        if name in self._names:
            raise BadGuard(
                f"{name} alone says nothing", f"write `{name}.` and a name after it; {name_hint('', self._of(name))}"
            )
        raise BadGuard(f"unknown name {name!r}", name_hint(name, (*_FLAGS, *_COUNTS, *(f"{w}." for w in self._names))))

    def _of(self, word: str) -> tuple[str, ...]:
        return self._names[word] or ("a channel's name",)

    def _comparison(self, node: ast.Compare) -> Test:
        counts = [_count(operand) for operand in (node.left, *node.comparators)]
        for op in node.ops:
            if type(op) not in _COMPARE:
                raise BadGuard(f"{ast.unparse(node)!r} is not allowed in a guard", "compare with < <= > >= == !=")
        steps = [(_COMPARE[type(op)], counts[at], counts[at + 1]) for at, op in enumerate(node.ops)]
        return lambda situation: all(compare(left(situation), right(situation)) for compare, left, right in steps)


def _count(node: ast.expr) -> Count:
    match node:
        case ast.Name(id=name) if name in _COUNTS:
            return _COUNTS[name]
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int() as number):
            return lambda situation: number
    raise BadGuard(
        f"{ast.unparse(node)!r} cannot be compared",
        f"only numbers can: {', '.join(_COUNTS)}; for the rest write stage.closing, act.agree, role.partner",
    )


def _member_test(word: str, name: str) -> Test:
    tests: Mapping[str, Test] = {
        "known": lambda situation: name in situation.known,
        "act": lambda situation: name in situation.acts,
        "done": lambda situation: name in situation.done,
        "stage": lambda situation: situation.stage == name,
        "role": lambda situation: situation.role == name,
        "language": lambda situation: situation.language == name,
        "channel": lambda situation: situation.channel == name,
        "wish": lambda situation: name in situation.wishes,
        "told": lambda situation: name in situation.told,
    }
    return tests[word]

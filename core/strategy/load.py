"""A playbook file in, a Playbook out; or one InvalidFirm that names every problem with file, line and fix."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from core.domain.playbook import FollowUp, Guard, HandOffRule, Move, Objection, Playbook, Templates
from core.domain.promises import PromiseKind, PromiseRule
from core.domain.vocabulary import LANGUAGES
from core.strategy.durations import read_duration
from core.strategy.fields import Fields, LanguageTexts
from core.strategy.guards import BadGuard, build_names, compile_guard
from core.strategy.problems import Problems
from core.strategy.schema import MoveShape, PlaybookShape, PromiseShape, read_phrases, read_playbook
from core.strategy.text_files import read_text
from core.strategy.validate import check_phrases, check_playbook
from core.strategy.yaml_lines import Text, read_yaml

BUILT_IN = Path(__file__).parent / "builtin"


def load_playbook(path: Path, *, languages: Sequence[str] = LANGUAGES) -> Playbook:
    """Raises InvalidFirm. `languages` are those in which every text must exist."""
    problems = Problems()
    text = read_text(path, problems)
    playbook = (
        build_playbook(text, file=str(path), languages=languages, problems=problems) if text is not None else None
    )
    problems.raise_if_any()
    assert playbook is not None
    return playbook


def parse_playbook(text: str, *, file: str, languages: Sequence[str] = LANGUAGES) -> Playbook:
    """The same from a text that was kept, such as an older version. Raises InvalidFirm."""
    problems = Problems()
    playbook = build_playbook(text, file=file, languages=languages, problems=problems)
    problems.raise_if_any()
    assert playbook is not None
    return playbook


def build_playbook(text: str, *, file: str, languages: Sequence[str], problems: Problems) -> Playbook | None:
    """Read, check and compile. The result is usable only when no problem was added."""
    root = read_yaml(text, file, problems)
    if root is None:
        return None
    shape = read_playbook(root, problems)
    check_playbook(shape, languages=languages, problems=problems)
    guards = _Guards(shape, problems)
    return Playbook(
        audience=shape.audience.value if shape.audience else "",
        version=shape.version.value if shape.version else "",
        stages=tuple(stage.value for stage in shape.stages),
        moves=tuple(_build_move(move, guards) for move in shape.moves),
        objections=tuple(Objection(o.act.value, _templates(o.answers)) for o in shape.objections),
        followups=tuple(
            FollowUp(read_duration(f.after, problems), f.move.value, guards.compile(f.when))
            for f in shape.followups
            if f.after and f.move
        ),
        handoff=tuple(_build_handoff(shape, guards)),
        phrases={**load_builtin_phrases(), **{phrase.key: _templates(phrase.texts) for phrase in shape.phrases}},
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def load_builtin_phrases() -> Mapping[str, Templates]:
    """The fixed texts that a playbook need not repeat. Raises InvalidFirm."""
    path = BUILT_IN / "phrases.yaml"
    problems = Problems()
    root = read_yaml(path.read_text(encoding="utf-8"), str(path), problems)
    phrases = read_phrases(Fields(root, problems, of="the file"), problems)
    check_phrases(phrases, languages=LANGUAGES, problems=problems)
    problems.raise_if_any()
    return {phrase.key: _templates(phrase.texts) for phrase in phrases}


class _Guards:
    def __init__(self, shape: PlaybookShape, problems: Problems) -> None:
        self.problems = problems
        self._names = build_names(
            stages=[stage.value for stage in shape.stages], moves=[move.id.value for move in shape.moves]
        )

    def compile(self, text: Text | None) -> Guard | None:
        if text is None:
            return None
        try:
            return compile_guard(text.value, self._names)
        except BadGuard as error:
            self.problems.add(text.place, error.what, error.hint)
            return None


def _build_move(move: MoveShape, guards: _Guards) -> Move:
    return Move(
        id=move.id.value,
        stage=move.stage.value if move.stage else "",
        goal=move.goal.value if move.goal else "",
        templates=_templates(move.templates),
        asks=move.asks.value if move.asks else None,
        when=guards.compile(move.when),
        next=tuple(target.value for target in move.next),
        promises=_build_promise(move.promises, guards.problems),
    )


def _build_promise(shape: PromiseShape | None, problems: Problems) -> PromiseRule | None:
    if shape is None or shape.what is None or shape.within is None or shape.what.value not in list(PromiseKind):
        return None
    within = read_duration(shape.within, problems)
    return PromiseRule(PromiseKind(shape.what.value), within, shape.move.value if shape.move else None)


def _build_handoff(shape: PlaybookShape, guards: _Guards) -> list[HandOffRule]:
    rules = []
    for rule in shape.handoff:
        guard = guards.compile(rule.when)
        if rule.reason and guard:
            rules.append(HandOffRule(rule.reason.value, guard))
    return rules


def _templates(texts: LanguageTexts) -> Templates:
    return {language: tuple(text.value for text in variants) for language, variants in texts.items()}

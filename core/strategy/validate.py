"""What a playbook must satisfy to be played: every name exists, every text can be said, every move can be reached."""

import re
from collections.abc import Iterable, Sequence

from core.domain.promises import PromiseKind
from core.domain.vocabulary import ACTS, FACT_NAMES, MOVES, OBJECTIONS
from core.strategy.fields import LanguageTexts
from core.strategy.phrases import MACHINE_WORDS, MOVE_FILLS, MUST_DISCLOSE, PHRASES
from core.strategy.problems import Place, Problems, name_hint
from core.strategy.schema import MoveShape, PhraseShape, PlaybookShape
from core.strategy.template_checks import check_texts
from core.strategy.yaml_lines import Text

AUDIENCES = ("buyers", "partners")
REQUIRED_STAGES = ("opening", "won", "lost")

# The engine makes these on its own account: no other move has to lead to them.
ENGINE_MOVES = frozenset({"answer", "hand_off", "farewell", *(move for move in MOVES if move.startswith("handle_"))})

_NAME = re.compile(r"[a-z][a-z0-9_]*")


def check_playbook(shape: PlaybookShape, *, languages: Sequence[str], problems: Problems) -> None:
    """Add every problem of meaning. Guards are checked where they are compiled."""
    if shape.audience and shape.audience.value not in AUDIENCES:
        what = f"unknown audience {shape.audience.value!r}"
        problems.add(shape.audience.place, what, name_hint(shape.audience.value, AUDIENCES))
    _check_stages(shape, problems)
    _check_moves(shape, languages, problems)
    _check_ways(shape, problems)
    _check_objections(shape, languages, problems)
    _check_rules(shape, problems)
    check_phrases(shape.phrases, languages=languages, problems=problems)


def check_phrases(phrases: Sequence[PhraseShape], *, languages: Sequence[str], problems: Problems) -> None:
    for phrase in phrases:
        of = f"phrase {phrase.key!r}"
        if phrase.key not in PHRASES:
            problems.add(phrase.place, f"unknown {of}", name_hint(phrase.key, PHRASES))
            continue
        filled = PHRASES[phrase.key]
        check_texts(phrase.texts, of=of, place=phrase.place, languages=languages, filled=filled, problems=problems)
        if phrase.key in MUST_DISCLOSE:
            check_disclosure(phrase.texts, of=of, problems=problems)


def check_disclosure(texts: LanguageTexts, *, of: str, problems: Problems) -> None:
    """Whoever asks or is greeted must learn that a machine is talking."""
    for text in (text for variants in texts.values() for text in variants):
        if not any(word in text.value.casefold() for word in MACHINE_WORDS):
            problems.add(
                text.place,
                f"{of} does not say that an automated assistant is talking",
                "name it plainly, for instance «автоматичний помічник», «автоматический помощник», automated assistant",
            )


def _check_stages(shape: PlaybookShape, problems: Problems) -> None:
    stages = [stage.value for stage in shape.stages]
    _check_unique(shape.stages, "stage", problems)
    missing = [stage for stage in REQUIRED_STAGES if stage not in stages]
    if stages and missing:
        problems.add(
            shape.stages[0].place,
            f"the stages lack {', '.join(missing)}",
            f"every talk begins in opening and ends in won or lost: add {', '.join(missing)}",
        )


def _check_moves(shape: PlaybookShape, languages: Sequence[str], problems: Problems) -> None:
    stages = [stage.value for stage in shape.stages]
    ids = [move.id.value for move in shape.moves]
    _check_unique([move.id for move in shape.moves], "move", problems)
    if ids and "answer" not in ids:
        problems.add(
            shape.moves_at, "there is no move 'answer'", "add it with a template '{answer}': it replies to questions"
        )
    if ids and not any(move.stage and move.stage.value == "won" for move in shape.moves):
        problems.add(
            shape.moves_at, "no move stands in stage won", "add a move that confirms the sale: the talk has no end"
        )
    for move in shape.moves:
        of = f"move {move.id.value!r}"
        _check_known(move.stage, stages, f"{of} stands in an unknown stage", problems)
        _check_known(move.asks, FACT_NAMES, f"{of} asks an unknown fact", problems)
        if move.promises:
            _check_known(move.promises.what, list(PromiseKind), f"{of} promises an unknown thing", problems)
            _check_known(move.promises.move, ids, f"{of} promises an unknown move", problems)
        for target in move.next:
            _check_known(target, ids, f"{of} leads to an unknown move", problems)
        filled = MOVE_FILLS.get(move.id.value, frozenset())
        check_texts(move.templates, of=of, place=move.place, languages=languages, filled=filled, problems=problems)


def _check_ways(shape: PlaybookShape, problems: Problems) -> None:
    """A move is reached from the first stage, from the engine or a follow-up, or from a move that is reached."""
    first = shape.stages[0].value if shape.stages else "opening"
    by_id = {move.id.value: move for move in shape.moves}
    started = {followup.move.value for followup in shape.followups if followup.move}
    waiting = [
        move
        for move in shape.moves
        if _stands_in(move, first) or move.id.value in ENGINE_MOVES or move.id.value in started
    ]
    reached = {move.id.value for move in waiting}
    while waiting:
        for target in waiting.pop().next:
            if target.value in by_id and target.value not in reached:
                reached.add(target.value)
                waiting.append(by_id[target.value])
    for move in shape.moves:
        if move.id.value not in reached:
            problems.add(
                move.place,
                f"no way leads to move {move.id.value!r}",
                "name it in `next` of the move before it, or delete it",
            )


def _stands_in(move: MoveShape, stage: str) -> bool:
    return move.stage is not None and move.stage.value == stage


def _check_objections(shape: PlaybookShape, languages: Sequence[str], problems: Problems) -> None:
    _check_unique([objection.act for objection in shape.objections], "objection", problems)
    for objection in shape.objections:
        act = objection.act.value
        if act in ACTS and act not in OBJECTIONS:
            problems.add(objection.act.place, f"{act} is no objection", name_hint(act, OBJECTIONS))
        else:
            _check_known(objection.act, OBJECTIONS, "unknown act", problems)
        check_texts(
            objection.answers,
            of=f"objection {act!r}",
            place=objection.place,
            languages=languages,
            filled=(),
            problems=problems,
        )


def _check_rules(shape: PlaybookShape, problems: Problems) -> None:
    ids = [move.id.value for move in shape.moves]
    for followup in shape.followups:
        _check_known(followup.move, ids, "the follow-up makes an unknown move", problems)
    for rule in shape.handoff:
        if rule.reason and not _NAME.fullmatch(rule.reason.value):
            problems.add(
                rule.reason.place,
                f"the reason {rule.reason.value!r} is no short name",
                "write small Latin letters joined by _, for instance big_order",
            )


def _check_known(text: Text | None, allowed: Iterable[str], what: str, problems: Problems) -> None:
    names = list(allowed)
    if text is not None and text.value not in names:
        problems.add(text.place, f"{what} {text.value!r}", name_hint(text.value, names))


def _check_unique(names: Sequence[Text], kind: str, problems: Problems) -> None:
    first: dict[str, Place] = {}
    for name in names:
        if not _NAME.fullmatch(name.value):
            problems.add(name.place, f"{kind} {name.value!r} is no short name", "write small Latin letters joined by _")
        elif name.value in first:
            what = f"{kind} {name.value!r} stands twice, first on line {first[name.value].line}"
            problems.add(name.place, what, "rename or delete one of them")
        else:
            first[name.value] = name.place

"""The shape of a playbook file: which keys there are and what each holds, before any meaning is checked."""

from dataclasses import dataclass

from core.strategy.fields import Fields, LanguageTexts
from core.strategy.problems import Place, Problems
from core.strategy.yaml_lines import Node, Text


@dataclass(frozen=True, slots=True)
class PromiseShape:
    place: Place
    what: Text | None
    within: Text | None
    move: Text | None


@dataclass(frozen=True, slots=True)
class MoveShape:
    place: Place
    id: Text
    stage: Text | None
    goal: Text | None
    asks: Text | None
    when: Text | None
    next: tuple[Text, ...]
    promises: PromiseShape | None
    templates: LanguageTexts


@dataclass(frozen=True, slots=True)
class ObjectionShape:
    place: Place
    act: Text
    answers: LanguageTexts


@dataclass(frozen=True, slots=True)
class FollowUpShape:
    place: Place
    after: Text | None
    when: Text | None
    move: Text | None


@dataclass(frozen=True, slots=True)
class HandOffShape:
    place: Place
    reason: Text | None
    when: Text | None


@dataclass(frozen=True, slots=True)
class PhraseShape:
    place: Place
    key: str
    texts: LanguageTexts


@dataclass(frozen=True, slots=True)
class PlaybookShape:
    place: Place
    version: Text | None
    audience: Text | None
    stages: tuple[Text, ...]
    moves_at: Place
    moves: tuple[MoveShape, ...]
    objections: tuple[ObjectionShape, ...]
    followups: tuple[FollowUpShape, ...]
    handoff: tuple[HandOffShape, ...]
    phrases: tuple[PhraseShape, ...]


def read_playbook(root: Node, problems: Problems) -> PlaybookShape:
    """What could be read; the rest is among the problems."""
    fields = Fields(root, problems, of="the playbook")
    shape = PlaybookShape(
        place=root.place,
        version=fields.text("version", required=True),
        audience=fields.text("audience", required=True),
        stages=fields.texts("stages", required=True),
        moves_at=fields.place_of("moves"),
        moves=tuple(_moves(fields, problems)),
        objections=tuple(_objections(fields, problems)),
        followups=tuple(_followup(node, problems) for node in fields.items("followups")),
        handoff=tuple(_handoff(node, problems) for node in fields.items("handoff")),
        phrases=tuple(read_phrases(fields, problems)),
    )
    fields.refuse_rest()
    return shape


def read_phrases(fields: Fields, problems: Problems) -> list[PhraseShape]:
    group = fields.group("phrases")
    if group is None:
        return []
    named = Fields(group, problems, of="phrases")
    return [PhraseShape(group.keys[key], key, named.by_language(key)) for key in group.values]


def _moves(fields: Fields, problems: Problems) -> list[MoveShape]:
    moves = []
    for node in fields.items("moves", required=True):
        move = Fields(node, problems, of="the move")
        move_id = move.text("id", required=True)
        if move_id is not None:
            move = Fields(node, problems, of=f"move {move_id.value!r}")
            move.text("id")
            moves.append(
                MoveShape(
                    place=node.place,
                    id=move_id,
                    stage=move.text("stage", required=True),
                    goal=move.text("goal", required=True),
                    asks=move.text("asks"),
                    when=move.text("when"),
                    next=move.texts("next"),
                    promises=_promise(move, problems),
                    templates=move.by_language("templates", required=True),
                )
            )
            move.refuse_rest()
    return moves


def _promise(move: Fields, problems: Problems) -> PromiseShape | None:
    node = move.node("promises")
    if node is None:
        return None
    fields = Fields(node, problems, of="promises")
    shape = PromiseShape(
        place=node.place,
        what=fields.text("what", required=True),
        within=fields.text("within", required=True),
        move=fields.text("move"),
    )
    fields.refuse_rest()
    return shape


def _objections(fields: Fields, problems: Problems) -> list[ObjectionShape]:
    objections = []
    for node in fields.items("objections"):
        objection = Fields(node, problems, of="the objection")
        act = objection.text("act", required=True)
        answers = objection.by_language("answers", required=True)
        objection.refuse_rest()
        if act is not None:
            objections.append(ObjectionShape(node.place, act, answers))
    return objections


def _followup(node: Node, problems: Problems) -> FollowUpShape:
    fields = Fields(node, problems, of="the follow-up")
    shape = FollowUpShape(
        place=node.place,
        after=fields.text("after", required=True),
        when=fields.text("when"),
        move=fields.text("move", required=True),
    )
    fields.refuse_rest()
    return shape


def _handoff(node: Node, problems: Problems) -> HandOffShape:
    fields = Fields(node, problems, of="the hand-off rule")
    shape = HandOffShape(
        place=node.place,
        reason=fields.text("reason", required=True),
        when=fields.text("when", required=True),
    )
    fields.refuse_rest()
    return shape

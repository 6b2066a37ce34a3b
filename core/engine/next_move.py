"""The next thing to lead with: the first open move, never for what is known."""

from collections.abc import Sequence

from core.domain.conversation import Memory
from core.domain.playbook import Move, Playbook
from core.domain.situation import Situation
from core.ports import StrategyValues

ASK_LIMIT = 2
"""A fact that was not given when asked for twice is not asked for again."""

# These end in a question of their own although they ask for no fact.
_PROPOSALS = frozenset({"offer", "ask_commitment"})

# These answer something; they are never led with.
_REACTIONS = frozenset({"answer", "farewell", "hand_off", "follow_up"})


def next_move(
    situation: Situation,
    playbook: Playbook,
    memory: Memory,
    values: StrategyValues | None = None,
    *,
    only_asking: bool = False,
) -> Move | None:
    """Moves that the last one allows come first, then those of the present stage and later ones, in their order.
    Among the allowed ones a learned value, where there is one, decides. `only_asking` is for a reply that already
    says something and has room for one question."""
    open_moves = [
        move
        for move in playbook.moves
        if _is_candidate(move, situation, playbook, memory) and (move.asks or move.id in _PROPOSALS or not only_asking)
    ]
    last = playbook.find_move(memory.last_move or "")
    allowed = [move for move in open_moves if last and move.id in last.next]
    if allowed:
        return _best(allowed, playbook, situation, values)
    return min(open_moves, key=lambda move: _rank(playbook, move.stage), default=None)


def later_stage(playbook: Playbook, now: str, then: str) -> str:
    """A sale never falls back by a move; unknown stages of an older version count as the first."""
    return then if _rank(playbook, then) > _rank(playbook, now) else now


def _is_candidate(move: Move, situation: Situation, playbook: Playbook, memory: Memory) -> bool:
    if move.id in _REACTIONS or move.id.startswith("handle_") or move.stage == "lost":
        return False
    if _rank(playbook, move.stage) < _rank(playbook, situation.stage) and (
        move.asks is None or situation.stage == "won"
    ):
        return False
    if move.asks is None and move.id in memory.done:
        return False
    if move.asks is not None and (move.asks in situation.known or memory.asked.get(move.asks, 0) >= ASK_LIMIT):
        return False
    return move.is_open(situation)


def _best(moves: Sequence[Move], playbook: Playbook, situation: Situation, values: StrategyValues | None) -> Move:
    if values is None:
        return moves[0]
    learned = [(values.value(playbook.audience, situation.stage, move.id), move) for move in moves]
    known = [(value, move) for value, move in learned if value is not None]
    return max(known, key=lambda pair: pair[0])[1] if known else moves[0]


def _rank(playbook: Playbook, stage: str) -> int:
    return playbook.stages.index(stage) if stage in playbook.stages else 0

"""What happens if the customer stays silent after this turn: one timer a conversation."""

from dataclasses import replace
from datetime import timedelta

from core.domain.conversation import Holder, Memory
from core.domain.send_time import plan_send
from core.domain.turn import SILENCE, Action, JobRequest
from core.engine.speaker import Brief

LOST_AFTER = timedelta(days=14)
"""Silence this long counts as lost."""

FOLLOW_UP = "follow_up"


def plan_timer(brief: Brief, memory: Memory, *, wrote: bool = False) -> tuple[JobRequest, ...]:
    """The next follow-up, else the end of patience. Nothing once the talk is over or a person has it, and
    nothing after a comment, which may be answered once. `wrote`: somebody
    who had asked us to stop has written again."""
    conversation, decision = brief.turn.conversation, brief.decision
    stopped = (conversation.opted_out and not wrote) or brief.turn.is_public
    if decision.stage in ("won", "lost") or stopped or conversation.holder is not Holder.BOT:
        return ()
    if decision.action in (Action.HAND_OFF, Action.CLOSE):
        return ()
    move, after = _next_step(brief, memory) or (SILENCE, LOST_AFTER)
    return (
        JobRequest(
            name=FOLLOW_UP,
            key=f"{FOLLOW_UP}:{conversation.id}",
            payload={"conversation_id": conversation.id, "move": move, "count": memory.followups},
            after=after,
        ),
    )


def _next_step(brief: Brief, memory: Memory) -> tuple[str, timedelta] | None:
    """The playbook's next follow-up, at the time at which the channel and the firm's night let it go. It may come
    sooner than wished, but not before half of the wait is over."""
    turn, steps = brief.turn, brief.playbook.followups[memory.followups : memory.followups + 1]
    if not steps:
        return None
    standing = replace(turn.conversation.standing, opened_at=turn.opened_at, reachable=True, opted_out=False)
    at = plan_send(
        turn.window,
        standing,
        turn.now + steps[0].after,
        now=turn.now,
        quiet=turn.firm.quiet_hours,
        not_before=turn.now + steps[0].after / 2,
    )
    return (steps[0].move, at - turn.now) if at else None

"""What happens if the customer stays silent after this turn: one timer a conversation."""

from datetime import timedelta

from core.domain.conversation import Memory
from core.domain.turn import Action, JobRequest
from core.engine.compose import Brief
from core.engine.decide import SILENCE

LOST_AFTER = timedelta(days=14)
"""Silence this long counts as lost."""

FOLLOW_UP = "follow_up"


def plan_timer(brief: Brief, memory: Memory) -> tuple[JobRequest, ...]:
    """The next follow-up that fits, else the end of patience. Nothing once the talk is over or a person has it."""
    conversation, decision = brief.turn.conversation, brief.decision
    if decision.action is not Action.REPLY or decision.stage in ("won", "lost"):
        return ()
    if conversation.opted_out:
        return ()
    steps = brief.playbook.followups[memory.followups : memory.followups + 1]
    move, after = (steps[0].move, steps[0].after) if steps else (SILENCE, LOST_AFTER)
    return (
        JobRequest(
            name=FOLLOW_UP,
            key=f"{FOLLOW_UP}:{conversation.id}",
            payload={"conversation_id": conversation.id, "move": move, "count": memory.followups},
            after=after,
        ),
    )

"""What is to happen later because people, not the bot, are to answer: the bot's return, an operator for a lead."""

from datetime import timedelta

from core.domain.conversation import Holder
from core.domain.duty import next_duty
from core.domain.hand_over import Assign, resume_limit
from core.domain.messages import InboundKind
from core.domain.turn import Action, JobRequest, Turn

RESUME = "resume"
"""The job that gives a conversation back to the bot when the person who took it over leaves the customer waiting."""
ASSIGN = "assign"
"""The job that finds an operator for a lead when somebody is there again."""
LOOK_AGAIN = timedelta(minutes=15)
"""While everybody who could be given a lead is away."""


def plan_resume(turn: Turn) -> tuple[JobRequest, ...]:
    """Counted from the first message that nobody answered: writing again makes nobody wait longer."""
    limit = resume_limit(turn.firm.hand_over, turn.conversation.holder_reason)
    wrote = any(message.kind is not InboundKind.FOLLOW_UP for message in turn.messages)
    if turn.conversation.holder is not Holder.OPERATOR or limit is None or not wrote:
        return ()
    since = turn.now
    for line in reversed(turn.history):
        if line.role in ("bot", "operator"):
            break
        if line.role == "customer":
            since = line.at
    return (resume_job(turn.conversation.id, max(timedelta(), since + limit - turn.now)),)


def resume_job(conversation_id: int, after: timedelta) -> JobRequest:
    return JobRequest(RESUME, f"{RESUME}:{conversation_id}", {"conversation_id": conversation_id}, after)


def plan_assignment(turn: Turn, action: Action) -> tuple[JobRequest, ...]:
    """A person called at night is looked for when the day begins; while everybody is away, again and again."""
    is_wanted = action is Action.HAND_OFF and turn.firm.hand_over.assign is not Assign.NOBODY
    opens = next_duty(turn.firm, turn.now) if is_wanted else None
    if opens is None or turn.on_duty:
        return ()
    return (assign_job(turn.conversation.id, max(opens - turn.now, timedelta()) or LOOK_AGAIN),)


def assign_job(conversation_id: int, after: timedelta = timedelta()) -> JobRequest:
    return JobRequest(ASSIGN, f"{ASSIGN}:{conversation_id}", {"conversation_id": conversation_id}, after)

"""The first turn of a talk that nobody has had yet: for evaluations that need no store."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from core.domain.conversation import Conversation, Holder, Line, Memory
from core.domain.facts import Fact
from core.domain.firm import Firm
from core.domain.ids import AccountId, ContactId, ConversationId, InboxId, MessageId
from core.domain.messages import InboundKind
from core.domain.playbook import Playbook
from core.domain.turn import Turn, TurnMessage

_GAP = timedelta(seconds=5)


def build_first_turn(
    texts: Sequence[str], *, firm: Firm, playbooks: Mapping[str, Playbook], now: datetime, language: str | None = None
) -> Turn:
    """All texts together, as a burst that is answered at once."""
    facts: dict[str, Fact] = {}
    history: tuple[Line, ...] = ()
    conversation = Conversation(
        id=ConversationId(1),
        account=AccountId("evaluation"),
        channel="console",
        chat="1",
        contact_id=ContactId(1),
        holder=Holder.BOT,
        stage="opening",
        language=language,
        role="",
        audience="buyers",
        playbook_digest=None,
        memory=Memory(),
        lease_epoch=1,
    )
    messages = tuple(
        TurnMessage(MessageId(n), InboxId(n), InboundKind.TEXT, text, now + n * _GAP)
        for n, text in enumerate(texts, start=1)
    )
    return Turn(conversation, messages, history, facts, playbooks["buyers"], firm, now, playbooks)

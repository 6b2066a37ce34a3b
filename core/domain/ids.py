"""Typed ids, so that one kind of number is never taken for another."""

from typing import NewType

AccountId = NewType("AccountId", str)
ContactId = NewType("ContactId", int)
ConversationId = NewType("ConversationId", int)
MessageId = NewType("MessageId", int)
InboxId = NewType("InboxId", int)
OutboxId = NewType("OutboxId", int)
TurnId = NewType("TurnId", int)
FactId = NewType("FactId", int)
LeadId = NewType("LeadId", int)

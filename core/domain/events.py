"""What happened, in the past tense: the closed list that analytics reads. Ids and numbers only, no personal text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

EVENT_VERSION = 1


class EventKind(StrEnum):
    MESSAGE_RECEIVED = "message_received"
    MESSAGE_EDITED = "message_edited"
    MESSAGE_UNSENT = "message_unsent"
    TURN_FINISHED = "turn_finished"
    MESSAGE_SENT = "message_sent"
    MESSAGE_UNCONFIRMED = "message_unconfirmed"
    MESSAGE_REFUSED = "message_refused"
    FACT_RECORDED = "fact_recorded"
    STAGE_CHANGED = "stage_changed"
    HANDED_OFF = "handed_off"
    TAKEN_OVER = "taken_over"
    HANDED_BACK = "handed_back"
    MATERIAL_SENT = "material_sent"
    PROMISE_MADE = "promise_made"
    PROMISE_KEPT = "promise_kept"
    PROMISE_OVERDUE = "promise_overdue"
    FOLLOWUP_PLANNED = "followup_planned"
    FOLLOWUP_CANCELLED = "followup_cancelled"
    OPTED_OUT = "opted_out"
    CONSENT_GIVEN = "consent_given"
    IDENTITY_LINKED = "identity_linked"
    IDENTITY_SPLIT = "identity_split"
    QUESTION_UNANSWERED = "question_unanswered"
    ANSWER_RATED = "answer_rated"
    SENTENCE_BLOCKED = "sentence_blocked"
    OUTCOME_RECORDED = "outcome_recorded"
    RECORDING_ADDED = "recording_added"
    TRANSCRIPT_READY = "transcript_ready"
    SUMMARY_READY = "summary_ready"
    TIP_SHOWN = "tip_shown"
    TIP_RATED = "tip_rated"
    EXPERIMENT_ASSIGNED = "experiment_assigned"
    LABEL_CORRECTED = "label_corrected"
    PLAYBOOK_PUBLISHED = "playbook_published"
    CONTACT_ERASED = "contact_erased"


@dataclass(frozen=True, slots=True)
class Event:
    kind: EventKind
    data: Mapping[str, Any] = field(default_factory=dict)

"""The fixed words of a talk: languages, customer acts, stages, seller moves, fact names."""

from collections.abc import Iterable
from typing import Final

LANGUAGES: Final = ("uk", "ru", "en")

OBJECTIONS: Final = ("object_price", "object_trust", "object_timing", "object_fit", "object_competitor")
QUESTIONS: Final = ("ask_product", "ask_price", "ask_terms", "ask_company", "ask_partnership")
STATEMENTS: Final = ("state_need", "state_budget", "state_timing", "give_contact")

# Highest first: when several acts hold, the first of these is *the* act of the message.
PRECEDENCE: Final = (
    ("erase_me", "opt_out", "ask_human"),
    ("ask_my_data", "ask_bot_identity"),
    OBJECTIONS,
    QUESTIONS,
    STATEMENTS,
    ("agree", "decline"),
    ("thanks", "greeting", "smalltalk"),
    ("other",),
)
ACTS: Final = tuple(act for group in PRECEDENCE for act in group)

STAGES: Final = ("opening", "discovery", "presentation", "objections", "closing", "won", "lost")

MOVES: Final = (
    "greet", "ask_need", "ask_situation", "ask_budget", "ask_timing", "ask_contact", "answer", "recommend",
    "show_value", "send_material", "handle_price", "handle_trust", "handle_timing", "handle_fit",
    "handle_competitor", "summarize", "offer", "ask_commitment", "confirm", "schedule", "follow_up", "hand_off",
    "farewell",
)  # fmt: skip

FACT_NAMES: Final = (
    "name", "phone", "email", "company", "city", "product", "quantity", "budget", "deadline", "role", "need",
)  # fmt: skip

_RANK: Final = {act: rank for rank, group in enumerate(PRECEDENCE) for act in group}


def first_act(acts: Iterable[str]) -> str:
    """The one act of a message that does several things; `other` when it does none.

    Acts of one group keep the order in which they are given; acts that a playbook adds rank with questions.
    """
    ranked = sorted(acts, key=lambda act: _RANK.get(act, _RANK["ask_product"]))
    return ranked[0] if ranked else "other"

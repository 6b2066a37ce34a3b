"""The fixed texts around moves, and the placeholders that a text may hold."""

from collections.abc import Mapping
from typing import Final

PLACEHOLDERS: Final = (
    "firm", "name", "product", "price", "unit", "quantity", "city", "company", "phone", "deadline", "need",
    "answer", "contacts", "hours", "facts", "materials", "stock", "choice", "choices", "measure", "recap", "corrected",
    "door", "link", "back", "lines", "total", "either", "unpriced", "shown",
)  # fmt: skip

# Always filled, wherever a text stands.
ALWAYS: Final = frozenset({"firm"})

# Each phrase with the placeholders that are always filled when it is said.
PHRASES: Final[Mapping[str, frozenset[str]]] = {
    "disclosure": frozenset(),
    "no_answer": frozenset(),
    "nearest": frozenset(),
    "nearest_person": frozenset(),
    "offer_person": frozenset(),
    "hand_off_on_duty": frozenset(),
    "hand_off_off_duty": frozenset(),
    "waiting": frozenset(),
    "waiting_off_duty": frozenset(),
    "promise_off_duty": frozenset({"back"}),
    "opted_out": frozenset(),
    "bot_identity": frozenset(),
    "my_data": frozenset({"facts"}),
    "my_data_empty": frozenset(),
    "erase_confirm": frozenset(),
    "erased": frozenset(),
    "thanks": frozenset(),
    "smalltalk": frozenset(),
    "unclear": frozenset(),
    "farewell": frozenset(),
    "welcome_back": frozenset(),
    "unsupported": frozenset(),
    "price_unknown": frozenset(),
    "out_of_stock": frozenset(),
    "back_from_person": frozenset(),
    "back_after_silence": frozenset(),
    "error": frozenset(),
    "media_received": frozenset(),
    "price": frozenset({"product", "price", "unit"}),
    "price_list_intro": frozenset(),
    "alternatives": frozenset(),
    "compare": frozenset({"choices"}),
    "nothing_cheaper": frozenset(),
    "out_of_stock_instead": frozenset({"product"}),
    "over_budget": frozenset(),
    "no_discount": frozenset(),
    "off_topic": frozenset(),
    "rude": frozenset(),
    "complaint_on_duty": frozenset(),
    "complaint_off_duty": frozenset(),
    "corrected": frozenset({"corrected"}),
    "noted": frozenset(),
    "hours": frozenset(),
    "no_person": frozenset(),
    "prices": frozenset(),
    "in_stock": frozenset({"product"}),
    "available": frozenset(),
    "comment_opening": frozenset(),
    "comment_invite": frozenset(),
    "no_such_product": frozenset(),
    "go_on_there": frozenset({"door", "link"}),
    "linked": frozenset(),
    "link_stale": frozenset(),
    "link_same_door": frozenset(),
    "total": frozenset({"lines"}),
    "total_either": frozenset({"either"}),
    "total_unknown": frozenset({"lines", "unpriced"}),
    "total_of_what": frozenset(),
    "restock_unknown": frozenset(),
    "bought": frozenset(),
    "similar": frozenset(),
    "resigned": frozenset(),
    "irony": frozenset(),
}

# Moves that answer what was asked are only made when there is an answer; a recap only when there is something to recap.
MOVE_FILLS: Final[Mapping[str, frozenset[str]]] = {
    "answer": frozenset({"answer"}),
    "summarize": frozenset({"recap"}),
}

# These must say that a machine is talking: a playbook cannot hide the bot.
MUST_DISCLOSE: Final = ("disclosure", "bot_identity")
MACHINE_WORDS: Final = (
    "бот", "автомат", "віртуальн", "виртуальн", "штучн", "искусственн", "програма", "программа", "нейромереж",
    "нейросет", "bot", "automat", "virtual", "artificial", "machine", "software",
)  # fmt: skip

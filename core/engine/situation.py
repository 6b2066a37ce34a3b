"""What a playbook's guards are asked about, gathered from the turn."""

import re

from core.domain.messages import InboundKind
from core.domain.situation import Situation
from core.domain.turn import Turn, Understood
from core.domain.vocabulary import OBJECTIONS, QUESTIONS
from core.engine.audience import role
from core.engine.refer import NO_FOCUS
from core.engine.wishes import find_told, is_after_sale

_ASKED_TO_BUY = frozenset({"offer", "ask_commitment", "summarize"})
"""A yes after one of these is a yes to the sale."""
MEETING = "schedule"
"""The move that agrees on a day and time."""
_STRONG_YES = re.compile(
    r"домовил|підход|влаштов|згод|згідн|оформ|договорил|подход|устраива|соглас|agreed|\bdeal\b|sounds good|works for",
    re.IGNORECASE,
)
"""After a question in between, a mere "ok" is no yes to the offer before it."""
_LETS_TALK = re.compile(r"\bпоговор(?:имо|им)\b|\blet'?s (?:talk|meet|speak)\b", re.IGNORECASE)
"""What a partner is offered is a talk."""
_BETWEEN = frozenset({"answer", "send_material"})
_DETAILS = frozenset({"ask_contact", "ask_email", "ask_name", "ask_city", "schedule"})
"""A no to one of these is no to a detail, not to the sale."""


def build_situation(turn: Turn, understood: Understood) -> Situation:
    conversation = turn.conversation
    known = set(turn.facts) | {fact.name for fact in understood.facts}
    if focus(turn, understood) or (understood.basket and "total" in understood.wishes):
        known.add("product")
    elif conversation.memory.focus == NO_FOCUS:
        known.discard("product")
    elif any(item.taken for item in understood.basket):
        known.add("product")
    if _counted_another(understood, focus(turn, understood)):
        known.discard("quantity")
    if role(turn, understood):
        known.add("role")
    return Situation(
        stage=conversation.stage,
        acts=frozenset(understood.acts),
        known=frozenset(known),
        done=frozenset(conversation.memory.done) | ({MEETING} if names_time(understood) else set()),
        role=role(turn, understood),
        channel=conversation.channel,
        language=understood.language,
        turns=conversation.memory.turns,
        stuck=conversation.memory.stuck,
        on_duty=turn.on_duty,
        agreed=has_agreed(turn, understood),
        wishes=understood.wishes,
        told=told(turn, understood),
    )


def _counted_another(understood: Understood, sku: str | None) -> bool:
    """How many was told, of another product than the one under discussion."""
    own = next((item for item in understood.basket if item.sku == sku), None)
    others = any(item.quantity is not None for item in understood.basket if item.sku != sku)
    return own is not None and own.quantity is None and others


def names_time(understood: Understood) -> bool:
    """Who asks to meet and says when need not be asked when."""
    told = any(fact.name == "deadline" for fact in understood.facts)
    return told and "visit" in understood.wishes and "some_week" not in understood.wishes


def has_agreed(turn: Turn, understood: Understood) -> bool:
    """To buying: in so many words, by a yes to an offer, or by giving what the offer asked for."""
    memory, acts = turn.conversation.memory, set(understood.acts)
    if acts & {"decline", "opt_out", *OBJECTIONS} and memory.last_move not in _DETAILS:
        return False
    is_buyer = turn.playbook.audience == "buyers" and role(turn, understood) != "partner"
    picked = bool(understood.basket or focus(turn, understood) or "product" in turn.facts)
    orders = "buy" in understood.wishes or _orders_in_one(understood)
    takes_it = orders and is_buyer and picked and not acts & set(QUESTIONS)
    if memory.agreed or takes_it or "sign" in understood.wishes:
        return True
    proposed = memory.last_move in _BETWEEN and bool(_ASKED_TO_BUY & set(memory.done))
    says_yes = _STRONG_YES.search(turn.text) or (not is_buyer and _LETS_TALK.search(turn.text))
    if proposed and ("give_contact" in acts or says_yes):
        return True
    return bool(acts & {"agree", "give_contact"}) and memory.last_move in _ASKED_TO_BUY


def _orders_in_one(understood: Understood) -> bool:
    """ "Vento Home, 2 pieces, 067…, Olena": what, how many and how to reach the buyer need no verb."""
    facts = {fact.name for fact in understood.facts}
    return understood.sku is not None and "quantity" in facts and bool(facts & {"phone", "email"})


def told(turn: Turn, understood: Understood) -> frozenset[str]:
    """Timers say nothing; the need as it was told counts even when its message is long gone."""
    written = [m.text for m in turn.messages if m.kind is not InboundKind.FOLLOW_UP]
    need = turn.facts["need"].value if "need" in turn.facts and not turn.facts["need"].linked else ""
    before = turn.conversation.memory.told
    sells = bool(understood.sku or understood.mentioned or understood.wishes & {"buy", "advice", "prices"})
    found = frozenset(before) | find_told("\n".join([*written, str(need)]))
    return (found - {"return"}) | ({"return"} if is_after_sale(understood.wishes, before, sells=sells) else set())


def focus(turn: Turn, understood: Understood) -> str | None:
    """The product under discussion: the one just named, else the one named before."""
    return understood.sku or turn.conversation.memory.focus or None

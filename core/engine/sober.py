"""What a message cannot mean, whatever it looks like: sense that a person has and a model may lack."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from core.domain.facts import FoundFact, Witness
from core.domain.turn import Turn, Understood
from core.domain.vocabulary import OBJECTIONS, QUESTIONS, first_act
from core.engine.counts import COUNTS, find_count
from core.engine.questions import asks_price, is_about_terms
from core.engine.shelf import Shelf

_NUMBERS: Final = re.compile(
    r"[\d\W_]|\b(?:nah|nope|нє|не|тоді|тогда|then|well|хай|нехай|пусть|ну|one|two|three|four|five|six|seven|eight|nine|ten|just|only|no|wait|pieces?|ok|yes|"
    r"один|одна|одну|дві|два|три|чотири|п['’]ять|шість|сім|вісім|десять|лише|тільки|ні|так|"
    r"две|четыре|пять|шесть|семь|восемь|только|нет|да|штук\w*|pcs)\b",
    re.IGNORECASE,
)
_COUNTED: Final = frozenset({"ask_quantity", "offer", "ask_commitment", "ask_contact", "recommend", "show_value"})
_BRIEF: Final = 8
"""Words: longer texts describe rather than name."""
_LEAST_OF_ALL: Final = 10
_LEAST_BUDGET: Final = 100
"""In the price list's currency: less is hardly meant as it is written."""
_OF_BUDGET: Final = re.compile(r"бюджет|budget|вкластис|уложит|\bдо \d", re.IGNORECASE)
_TAKEN_OFF: Final = re.compile(
    r"\b(?:скин(?:ь|ьте|ете|емо|ути|уть)|сброс(?:ь|ьте|ите|ить)|уступ(?:и|ите|іть|ить|ити|ите))\b"
    r"(?! (?:мені |мне |нам )?(?:рахун|сч[её]т|фото|посил|ссыл|адрес|прайс))|\b(?:knock|take)\b[^.!?\n]{0,15}\boff\b",
    re.IGNORECASE,
)
_CURRENCY: Final = re.compile(
    r"грн|грив|₴|\$|€|£|usd|eur|uah|gbp|pln|zł|дол|бакс|євр|евр|злот|фунт|dollar|buck|quid|pound|hryvn|zlot",
    re.IGNORECASE,
)
_WORDS_OF_COUNT: Final = "|".join(COUNTS)
_TAKEN: Final = re.compile(
    r"\b(?:беру|беремо|бер[её]м|візьму|возьму|замовляю|заказываю|take|buy|order|have)\s+(?:[^,.!?\n]{1,40},\s*)?"
    rf"({_WORDS_OF_COUNT})\b",
    re.IGNORECASE,
)
_TIME: Final = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\btomorrow\b|\b(?:in the|this) (?:morning|evening|afternoon)\b|"
    r"\b(?:завтра|післязавтра|послезавтра|вранці|утром|ввечері|вечером)\b",
    re.IGNORECASE,
)
_PARTNERSHIP: Final = re.compile(
    r"партн[её]р|співпрац|сотруднич|co-?operat|partner|дилер|dealer|рес[её]лл|resell|перепрод|дистриб|distribut|"
    r"гурт|оптом|"
    r"оптов|wholesale|закупов|закупа|поставля|постача|supplier|франш|franchis|рекоменд\w+ (?:вас|ваш|клієнт|клиент)|"
    r"recommend(?:ing)? (?:you|your|clients)|комісі|комисси|commission|referr|"
    r"(?:продавати|продавать|sell|stock) (?:ваш|у себ|your)|"
    r"(?:наш\w*|у нас|мы|ми|we (?:run|own|have)|our|my|мо[яйюєї]\w*)\b.{0,25}"
    r"(?:кав['’ʼ]?ярн|кофейн|caf[eé]|coffee shop|магазин|shop|ресторан|мереж|сеть|chain)",
    re.IGNORECASE,
)
_RIVAL: Final = re.compile(
    r"(?:конкурент\w*|в інших|у інших|в іншому місці|у других|в других|в другом месте|elsewhere|competitor\w*|"
    r"other shops?)"
    r"[^.!?\n]{0,30}(?:дешевш|дешевле|краще|лучше|cheaper|better)|"
    r"(?:дешевш|дешевле|cheaper)\w*[^.!?\n]{0,20}(?:конкурент|в інших|у других|elsewhere|competitor|other shops?)",
    re.IGNORECASE,
)
_NO_PHONE: Final = re.compile(
    r"(?:телефон\w*|номер\w*)[^.!?\n]{0,20}\bне (?:дам|хочу|буду|залиш\w*|остав\w*)|"
    r"\bне (?:дам|хочу дава\w+|буду дава\w+|залиш\w*|остав\w*)[^.!?\n]{0,20}(?:телефон|номер)|без (?:телефон|"
    r"дзвінк|звонк)|"
    r"\b(?:no|without|not give|rather not|don['’]?t (?:want|give|share)|won['’]?t give)\b[^.!?\n]{0,25}\b(?:phone|"
    r"number|calls?)\b",
    re.IGNORECASE,
)
_ASKS_HOURS: Final = re.compile(
    r"\b(?:працює\w*|відкрит\w*|відчинен\w*|зачинен\w*|работае\w*|открыт\w*|закрыт\w*|open|closed?|working)\b|"
    r"скільки|сколько|how (?:much|many|long)",
    re.IGNORECASE,
)
_BUYERS_WISHES: Final = frozenset({"advice", "visit", "buy", "cheaper", "compare"})
"""Nobody who says one of these proposes a partnership with the same words."""


def sober(understood: Understood, turn: Turn, shelf: Shelf) -> Understood:
    """A number alone is how many; words that several products share name none of them; a budget of next to nothing is
    a count."""
    text, memory = turn.text, turn.conversation.memory
    understood = _correcting(understood, turn)
    facts = tuple(fact for each in understood.facts if (fact := _in_thousands(each, turn)))
    found = replace(understood, facts=facts)
    if "?" not in text and not any(fact.name == "quantity" for fact in facts):
        taken = _TAKEN.search(text) if memory.focus or found.mentioned else None
        count = _count(taken.group(1)) if taken else None
        if count:
            found = replace(found, facts=(*facts, FoundFact("quantity", count, witness(turn))))
            facts = found.facts
    if not _NUMBERS.sub("", text):
        found = without_product(found)
        is_phone = any(fact.name == "phone" for fact in facts)
        count = None if is_phone else _count(text)
        told = any(fact.name == "quantity" for fact in facts)
        if count and memory.focus and not told and memory.last_move in _COUNTED:
            found = replace(found, facts=(*found.facts, FoundFact("quantity", count, witness(turn))))
        if count:
            acts = tuple(act for act in found.acts if act != "decline") or ("state_need",)
            found = replace(found, acts=acts, act=first_act(acts))
    elif found.sku and not found.mentioned and (_is_by_chance(found, text, shelf) or _is_aside(found, text, shelf)):
        found = without_product(found)
    return found


def _is_by_chance(found: Understood, text: str, shelf: Shelf) -> bool:
    """ "Tuesday morning" is no blend of that name, and "a machine for home" is no model."""
    if any(fact.name == "deadline" for fact in found.facts) or _TIME.search(text):
        return True
    words = [word for word in re.findall(r"[^\W\d_]+", text.casefold()) if word in COUNTS]
    product = shelf.find(found.sku)
    names = " ".join(product.names.values()).casefold() if product else ""
    if any(re.search(rf"\b{word[:3]}", names) for word in words):
        return not shelf.names_alone(text, found.sku or "")
    describes = "state_need" in found.acts or (len(text.split()) > _BRIEF and "ask_price" not in found.acts)
    return describes and not shelf.names_alone(text, found.sku or "")


def _correcting(understood: Understood, turn: Turn) -> Understood:
    """ "No, make it five" is no refusal: it mends what was said."""
    mended = any(fact.name in ("quantity", "budget", "city") and fact.name in turn.facts for fact in understood.facts)
    if not mended or "decline" not in understood.acts:
        return understood
    acts = tuple(act for act in understood.acts if act != "decline") or ("state_need",)
    return replace(understood, acts=acts, act=first_act(acts))


def _is_aside(found: Understood, text: str, shelf: Shelf) -> bool:
    """ "Is training included?" asks about the terms of what is bought; nobody orders a training."""
    product = shelf.find(found.sku)
    is_wanted = "ask_price" in found.acts or found.wishes & {"buy", "stock", "meant", "prices"}
    return product is not None and shelf.is_service(product) and "?" in text and not is_wanted


def _in_thousands(fact: FoundFact, turn: Turn) -> FoundFact | None:
    """A budget that buys next to nothing of the price list is meant in thousands where a budget was spoken of, and
    counts something else where none was: "we are 12"."""
    if fact.name != "budget" or not isinstance(fact.value, Mapping):
        return fact
    amount, prices = fact.value["amount"], [float(product.price) for product in turn.firm.products]
    if amount >= _LEAST_BUDGET or not prices or _CURRENCY.search(turn.text):
        return fact if amount >= _LEAST_OF_ALL else None
    is_asked = turn.conversation.memory.last_move == "ask_budget" and not _NUMBERS.sub("", turn.text)
    if (is_asked or _OF_BUDGET.search(turn.text)) and amount * 1000 <= max(prices):
        return replace(fact, value={**fact.value, "amount": amount * 1000})
    return None


def _count(text: str) -> int | None:
    digits = re.findall(r"\d+", text)
    if digits:
        return int(digits[-1]) if len(digits[-1]) < 5 else None
    words = [COUNTS[word] for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text.casefold()) if word in COUNTS]
    return words[-1] if words else None


def without_false_objection(understood: Understood) -> Understood:
    """Choosing the cheaper one, or saying that one is no expert, is no objection."""
    picked = understood.sku is not None and understood.wishes & {"cheaper", "smaller", "bigger"}
    false = {"object_price", "object_competitor", "object_fit"} if picked else set()
    if "advice" in understood.wishes:
        false = {"object_fit"}
    if "visit" in understood.wishes:
        false = {*false, "object_timing"}
    if "compare" in understood.wishes and (understood.sku or understood.mentioned):
        false = {*false, "object_competitor", "object_fit"}
    if "meant" in understood.wishes and understood.sku:
        false = {*false, *OBJECTIONS, "decline", "agree"}
    if understood.wishes & {"unsure", "similar"}:
        false = set(OBJECTIONS)
    if "goes_on" in understood.wishes:
        false = {*false, "object_timing", "decline", "thanks"}
    if understood.wishes & _BUYERS_WISHES:
        false = {*false, "ask_partnership"}
    acts = tuple(act for act in understood.acts if act not in false)
    if acts == understood.acts:
        return understood
    return replace(understood, acts=acts or ("state_need",), act=first_act(acts or ("state_need",)))


def proposing_time(understood: Understood, turn: Turn) -> Understood:
    """ "Can you do Tuesday at 12?" about a meeting asks nothing that a page could answer: it names the time."""
    named = any(fact.name == "deadline" for fact in understood.facts)
    if named and "visit" in understood.wishes and "ask_human" in understood.acts:
        acts = tuple(act for act in understood.acts if act != "ask_human") or ("state_timing",)
        understood = replace(understood, acts=acts, act=first_act(acts))
    meets = turn.conversation.memory.last_move == "schedule" or "visit" in understood.wishes
    if not (named and meets and "?" in turn.text) or "hours" in understood.wishes or _ASKS_HOURS.search(turn.text):
        return understood
    acts = tuple(act for act in understood.acts if act not in (*QUESTIONS, *OBJECTIONS, "decline", "other"))
    acts = tuple(dict.fromkeys((*acts, "state_timing")))
    return replace(understood, acts=acts, act=first_act(acts))


def without_partnership(understood: Understood, turn: Turn) -> Understood:
    """Nobody becomes a partner by a guess: it changes the whole talk."""
    says_so = "ask_partnership" in understood.acts or any(_is_partner(fact) for fact in understood.facts)
    if not says_so or _PARTNERSHIP.search(turn.text) or turn.playbook.audience != "buyers":
        return understood
    if any(_is_partner(fact) and _is_proven(fact, turn) for fact in understood.facts):
        return understood
    acts = tuple(act for act in understood.acts if act != "ask_partnership") or ("state_need",)
    facts = tuple(fact for fact in understood.facts if not _is_partner(fact))
    return replace(understood, acts=acts, act=first_act(acts), facts=facts)


def _is_partner(fact: FoundFact) -> bool:
    return fact.name == "role" and fact.value == "partner"


def _is_proven(fact: FoundFact, turn: Turn) -> bool:
    """Some of the words say it; a guess has the whole message for its witness."""
    said = next((message.text for message in turn.messages if message.id == fact.witness.message_id), "")
    return fact.witness.end - fact.witness.start < len(said)


def refusing(understood: Understood, text: str) -> Understood:
    """ "No phone, please" is a no, whatever else it may look like."""
    if not _NO_PHONE.search(text) or any(fact.name == "phone" for fact in understood.facts):
        return understood
    acts = (
        "decline",
        *(act for act in understood.acts if act not in ("decline", "other", "state_need", "give_contact")),
    )
    facts = tuple(fact for fact in understood.facts if fact.name != "need")
    return replace(understood, acts=acts, act=first_act(acts), facts=facts)


def rivalling(understood: Understood, text: str) -> Understood:
    """ "Others are cheaper" is no need and no question."""
    if not _RIVAL.search(text) or "?" in text:
        return understood
    acts = (
        "object_competitor",
        *(act for act in understood.acts if act not in ("other", "state_need", "object_price")),
    )
    facts = tuple(fact for fact in understood.facts if fact.name != "need")
    return replace(understood, acts=tuple(dict.fromkeys(acts)), act=first_act(acts), facts=facts)


def taking(understood: Understood, turn: Turn, *, several: bool) -> Understood:
    """Who says "I'll take a kilo of Brazil" asks nothing, and has told how many."""
    if "buy" not in understood.wishes or "?" in turn.text or is_about_terms(turn.text):
        return understood
    if not (understood.sku or understood.mentioned or several or turn.conversation.memory.focus):
        return understood
    acts = tuple(act for act in understood.acts if act not in QUESTIONS) or ("agree",)
    told = {fact.name for fact in understood.facts}
    count = None if several or told & {"quantity", "phone", "city"} else find_count(turn.text)
    facts = (*understood.facts, FoundFact("quantity", count, witness(turn))) if count else understood.facts
    return replace(understood, acts=acts, act=first_act(acts), facts=facts)


def asking_delivery(understood: Understood, text: str) -> Understood:
    """When it comes is a question of terms, whatever product it is about."""
    if "delivery_time" not in understood.wishes or understood.wishes & {"restock", "complaint", "visit"}:
        return understood
    false = {"ask_terms", "other"} | (set() if asks_price(text) else {"ask_price", "ask_product"})
    acts = ("ask_terms", *(act for act in understood.acts if act not in false))
    return replace(understood, acts=acts, act=first_act(acts))


def witness(turn: Turn) -> Witness:
    said = next((message for message in reversed(turn.messages) if message.text.strip()), turn.messages[-1])
    return Witness(said.id, 0, len(said.text))


def without_product(understood: Understood) -> Understood:
    return replace(understood, sku=None, facts=tuple(fact for fact in understood.facts if fact.name != "product"))


def without_unknown_model(understood: Understood, text: str, shelf: Shelf) -> Understood:
    """A brand of ours with a model that we do not have names no product, and nothing was agreed on."""
    if understood.mentioned or not shelf.of_brand(text):
        return understood
    wishes = (understood.wishes - {"buy"}) | {"unknown_model"}
    acts = tuple(act for act in understood.acts if act != "agree") or ("ask_product",)
    return replace(without_product(understood), wishes=wishes, acts=acts, act=first_act(acts))


def without_offered_price(understood: Understood, turn: Turn) -> Understood:
    """A lower price that the customer offers is no budget, no count and no yes; nor is what is to be taken off."""
    memory = turn.conversation.memory
    if _TAKEN_OFF.search(turn.text) and not _OF_BUDGET.search(turn.text):
        understood = replace(understood, facts=tuple(fact for fact in understood.facts if fact.name != "budget"))
    if "bargain" not in understood.wishes or not (understood.sku or memory.focus or memory.offered):
        return understood
    facts = tuple(fact for fact in understood.facts if fact.name not in ("budget", "quantity"))
    wishes = (understood.wishes - {"buy"}) | {"discount"}
    return replace(understood, facts=facts, wishes=wishes, acts=("object_price",), act="object_price")

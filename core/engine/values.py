"""What may stand in a template's placeholders: facts, the firm, and prices from the catalogue only."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.domain.duty import say_back
from core.domain.facts import FactValue, fact_text
from core.domain.firm import Firm, Product
from core.domain.turn import Turn, Understood
from core.domain.vocabulary import LANGUAGES
from core.engine.materials import list_materials, pick_materials

_MEASURES: Mapping[str, tuple[str, str, str]] = {
    "шт": ("штук", "штук", "pieces"), "кг": ("кілограмів", "килограммов", "kilograms"),
    "уп": ("упаковок", "упаковок", "packs"), "набір": ("наборів", "наборов", "sets"),
    "місяць": ("місяців", "месяцев", "months"), "особа": ("осіб", "человек", "people"),
    "година": ("годин", "часов", "hours"), "день": ("днів", "дней", "days"), "м": ("метрів", "метров", "metres"),
    "виїзд": ("виїздів", "выездов", "visits"), "сеанс": ("сеансів", "сеансов", "sessions"),
}  # fmt: skip
"""What comes after "how many"."""
_RECAP: Mapping[str, Mapping[str, str]] = {
    "uk": {"quantity": "кількість: {}", "city": "місто: {}", "deadline": "на коли: {}", "company": "компанія: {}"},
    "ru": {"quantity": "количество: {}", "city": "город: {}", "deadline": "когда: {}", "company": "компания: {}"},
    "en": {"quantity": "quantity: {}", "city": "city: {}", "deadline": "when: {}", "company": "company: {}"},
}
_CORRECTABLE = ("quantity", "city", "deadline", "budget", "phone", "email", "name", "company")
_CORRECTS = re.compile(
    r"\b(?:ні|ой|не|точніше|вибач\w*|насправді|переду\w+|помил\w+|краще|змін\w+|замість|"
    r"нет|нє|точнее|извин\w*|на самом деле|ошиб\w+|лучше|измен\w+|вместо|"
    r"no|not|oops|sorry|actually|wait|instead|change|rather|correction|mistake|meant)\b",
    re.IGNORECASE,
)

# A price list names its units in one language; these are common enough to be said in the customer's.
_UNITS: Mapping[str, tuple[str, str, str]] = {
    "шт": ("шт", "шт", "pc"), "кг": ("кг", "кг", "kg"), "г": ("г", "г", "g"), "л": ("л", "л", "l"),
    "уп": ("уп", "уп", "pack"), "набір": ("набір", "набор", "set"), "особа": ("особа", "человек", "person"),
    "послуга": ("послуга", "услуга", "service"), "місяць": ("місяць", "месяц", "month"),
    "година": ("година", "час", "hour"), "день": ("день", "день", "day"), "м": ("м", "м", "m"),
    "виїзд": ("виїзд", "выезд", "visit"), "сеанс": ("сеанс", "сеанс", "session"), "урок": ("урок", "урок", "lesson"),
}  # fmt: skip
_FACT_LABELS: Mapping[str, Mapping[str, str]] = {
    "uk": {
        "name": "ім'я", "phone": "телефон", "email": "пошта", "company": "компанія", "city": "місто",
        "product": "товар", "quantity": "кількість", "budget": "бюджет", "deadline": "термін", "role": "роль",
        "need": "потреба",
    },
    "ru": {
        "name": "имя", "phone": "телефон", "email": "почта", "company": "компания", "city": "город",
        "product": "товар", "quantity": "количество", "budget": "бюджет", "deadline": "срок", "role": "роль",
        "need": "потребность",
    },
    "en": {name: name for name in (
        "name", "phone", "email", "company", "city", "product", "quantity", "budget", "deadline", "role", "need",
    )},
}  # fmt: skip

_ROLES: Mapping[str, Mapping[str, str]] = {
    "uk": {"buyer": "покупець", "partner": "партнер"},
    "ru": {"buyer": "покупатель", "partner": "партнёр"},
    "en": {"buyer": "buyer", "partner": "partner"},
}


def all_facts(turn: Turn, understood: Understood) -> dict[str, FactValue]:
    """What is known after this turn; the newest statement last."""
    known: dict[str, FactValue] = {name: fact.value for name, fact in turn.facts.items()}
    known.update({fact.name: fact.value for fact in understood.facts})
    return known


def build_values(
    turn: Turn, understood: Understood, product: Product | None, picks: Sequence[Product] = (), audience: str = ""
) -> dict[str, str]:
    """`picks` are the products that the reply shows, `audience` whom the materials are for."""
    language = understood.language
    facts = all_facts(turn, understood)
    values = {name: fact_text(name, value) for name, value in facts.items() if name not in ("budget", "role")}
    if product:
        values["product"] = product.name(language)
    values |= {
        "firm": turn.firm.name,
        "contacts": ", ".join(turn.firm.contacts.values()),
        "hours": opening_hours(turn.firm, language),
        "back": say_back(turn.firm, turn.now, language) or "",
        "facts": list_facts(facts, language),
        "materials": list_materials(pick_materials(turn.firm, language, audience, turn.text)),
        "corrected": list_corrected(turn, understood),
        "recap": list_order(facts, product, turn, language),
    }
    lines = [product_line(pick, turn, language) for pick in picks]
    values["shown"] = ", ".join(pick.name(language) for pick in picks)
    if len(lines) == 1:
        values["choice"] = lines[0]
    elif lines:
        values["choices"] = "\n".join(f"• {line}" for line in lines)
    if product and product.is_priced_on(turn.firm.today(turn.now)):
        values |= {
            "price": price_text(product.price, product.currency, language),
            "unit": unit_text(product.unit, language),
        }
    if product and (measure := _measure(product.unit, language)):
        values["measure"] = measure
    if product and product.in_stock:
        values["stock"] = str(product.in_stock)
    return {name: value for name, value in values.items() if value}


def price_text(price: Decimal, currency: str, language: str) -> str:
    """1250.5 UAH as `1 250.50 грн`, in English as `1 250.50 UAH`: the digits are the catalogue's."""
    whole = price == price.to_integral_value()
    sign = "грн" if currency == "UAH" and language in ("uk", "ru") else currency
    number = f"{price:,.0f}" if whole else f"{price:,.2f}"
    return f"{number.replace(',', ' ')} {sign}"


def unit_text(unit: str, language: str) -> str:
    """The unit in the customer's language when it is a common one, as written in the price list otherwise."""
    known = next((names for names in _UNITS.values() if unit.strip(". ").lower() in names), None)
    return known[LANGUAGES.index(language)] if known and language in LANGUAGES else unit


def list_facts(facts: Mapping[str, FactValue], language: str) -> str:
    labels = _FACT_LABELS.get(language, _FACT_LABELS["en"])
    shown = [name for name in labels if name in facts] + sorted(set(facts) - set(labels))
    return "\n".join(f"• {labels.get(name, name)}: {_fact_words(name, facts[name], language)}" for name in shown)


def list_corrected(turn: Turn, understood: Understood) -> str:
    """What was told otherwise before and is now put right in so many words."""
    if not _CORRECTS.search(turn.text):
        return ""
    changed = [
        fact
        for fact in understood.facts
        if fact.name in _CORRECTABLE and fact.name in turn.facts and turn.facts[fact.name].value != fact.value
    ]
    labels = _FACT_LABELS.get(understood.language, _FACT_LABELS["en"])
    return ", ".join(f"{labels[fact.name]} {fact_text(fact.name, fact.value)}" for fact in changed)


def list_order(
    facts: Mapping[str, FactValue], product: Product | None, turn: Turn, language: str, *, picked: str = ""
) -> str:
    """The facts in hand as they are read out before closing: what, how much, where, when, for whom. `picked` stands
    for product and quantity when there is more to say of them."""
    parts = [_what(product, turn, language, picked)] if picked or product else []
    if not parts and "product" in facts:
        parts.append(str(facts["product"]))
    words = dict(_RECAP.get(language, _RECAP["en"]))
    if picked:
        words.pop("quantity")
    parts += [words[name].format(fact_text(name, facts[name])) for name in words if name in facts]
    person = [fact_text(name, facts[name]) for name in ("name", "phone", "email") if name in facts]
    return "; ".join([*parts, ", ".join(person)] if person else parts)


def _what(product: Product | None, turn: Turn, language: str, picked: str) -> str:
    return picked if picked or product is None else product_line(product, turn, language, with_reason=False)


def product_line(product: Product, turn: Turn, language: str, *, with_reason: bool = True) -> str:
    """Name and price as the catalogue has them, and for whom it is."""
    line = product.name(language)
    if product.is_priced_on(turn.firm.today(turn.now)):
        price = price_text(product.price, product.currency, language)
        line += f", {price} / {unit_text(product.unit, language)}" if product.unit else f", {price}"
    reason = product.suits.get(language)
    return f"{line}: {reason}" if with_reason and reason else line


def _measure(unit: str, language: str) -> str | None:
    key = next((names for names in _UNITS.values() if unit.strip(". ").lower() in names), (unit,))[0]
    words = _MEASURES.get(key)
    return words[LANGUAGES.index(language)] if words and language in LANGUAGES else None


def _fact_words(name: str, value: FactValue, language: str) -> str:
    if name == "role":
        return _ROLES.get(language, _ROLES["en"]).get(str(value), str(value))
    return fact_text(name, value)


def opening_hours(firm: Firm, language: str) -> str:
    """Days with equal hours together: `Пн-Пт 09:00-18:00`."""
    names = {
        "uk": ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Нд"),
        "ru": ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"),
    }.get(language, ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
    runs: list[tuple[int, int, str]] = []
    for index, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun")):
        if day not in firm.on_duty:
            continue
        start, end = firm.on_duty[day]
        hours = f"{start:%H:%M}-{end:%H:%M}"
        if runs and runs[-1][2] == hours and runs[-1][1] == index - 1:
            runs[-1] = (runs[-1][0], index, hours)
        else:
            runs.append((index, index, hours))
    return ", ".join(f"{names[a] if a == b else f'{names[a]}-{names[b]}'} {hours}" for a, b, hours in runs)

"""What may stand in a template's placeholders: facts, the firm, and prices from the catalogue only."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.domain.facts import FactValue, fact_text
from core.domain.firm import Firm, Material, Product
from core.domain.turn import Turn, Understood
from core.domain.vocabulary import LANGUAGES

LISTED_MATERIALS = 3

# A price list names its units in one language; these are common enough to be said in the customer's.
_UNITS: Mapping[str, tuple[str, str, str]] = {
    "шт": ("шт", "шт", "pc"), "кг": ("кг", "кг", "kg"), "г": ("г", "г", "g"), "л": ("л", "л", "l"),
    "уп": ("уп", "уп", "pack"), "набір": ("набір", "набор", "set"), "особа": ("особа", "человек", "person"),
    "послуга": ("послуга", "услуга", "service"), "місяць": ("місяць", "месяц", "month"),
    "година": ("година", "час", "hour"), "день": ("день", "день", "day"), "м": ("м", "м", "m"),
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


def all_facts(turn: Turn, understood: Understood) -> dict[str, FactValue]:
    """What is known after this turn; the newest statement last."""
    known: dict[str, FactValue] = {name: fact.value for name, fact in turn.facts.items()}
    known.update({fact.name: fact.value for fact in understood.facts})
    return known


def build_values(turn: Turn, understood: Understood, product: Product | None) -> dict[str, str]:
    language = understood.language
    facts = all_facts(turn, understood)
    values = {name: fact_text(name, value) for name, value in facts.items() if name not in ("budget", "role")}
    if product:
        values["product"] = product.name(language)
    values |= {
        "firm": turn.firm.name,
        "contacts": ", ".join(turn.firm.contacts.values()),
        "hours": opening_hours(turn.firm, language),
        "facts": list_facts(facts, language),
        "materials": list_materials(pick_materials(turn.firm, language)),
    }
    if product and product.is_priced_on(turn.firm.today(turn.now)):
        values |= {
            "price": price_text(product.price, product.currency, language),
            "unit": unit_text(product.unit, language),
        }
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
    return "; ".join(f"{labels.get(name, name)}: {fact_text(name, value)}" for name, value in sorted(facts.items()))


def pick_materials(firm: Firm, language: str) -> Sequence[Material]:
    """In the customer's language, else in the firm's."""
    own = [material for material in firm.materials if material.language == language]
    return (own or [m for m in firm.materials if m.language == firm.default_language])[:LISTED_MATERIALS]


def list_materials(materials: Sequence[Material]) -> str:
    return "\n".join(f"{material.title}: {material.url}" for material in materials)


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

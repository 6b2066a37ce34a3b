"""Counts that are told beside people, sizes and purposes: each way in three lines of each language."""

import pytest

from core.understanding.facts import quantity
from tests.core.understanding.facts.contexts import context, last

COUNTED = {
    "a meal for guests": (40, (
        "фуршет на сорок гостей", "обід на 40 осіб, завтра", "банкет на сорок людей, меню пізніше",
        "фуршет на сорок гостей", "ужин на 40 человек", "завтрак на сорок волонтёров, в Суми",
        "lunch for forty", "breakfast for 40 volunteers", "catering for forty guests",
    )),
    "so many of us": (3, (
        "троє нас на стрижку, разом можна?", "нас троє на педикюр", "на манікюр нас троє",
        "трое нас на стрижку, сразу реально?", "нас трое на педикюр", "на фотосессию нас трое",
        "three of us for haircuts", "three of us for a pedicure on Monday", "a manicure, there are three of us",
    )),
    "a print run": (7000, (
        "листівки, тираж сім тисяч", "наклад 7 тисяч", "кількість - сім тисяч",
        "открытки, тираж семь тысяч", "количество 7 тысяч", "тираж: семь тысяч",
        "quantity seven thousand", "flyers, a print run of seven thousand", "qty: 7 thousand",
    )),
    "so, then": (6, (
        "тож 6 тортів", "отож шість подушок", "отже 6 рушників",
        "итак, 6 тортов", "значит шесть подушек", "тогда 6 полотенец",
        "so 6 cakes", "so, six pillows", "then 6 towels",
    )),
    "in Latin letters": (5, (
        "treba 5 svichok", "potribno 5 rushnykiv", "vizmu 5 podushok",
        "nado 5 svechek", "hochu 5 polotenec", "vozmu 5 podushek",
        "I need 5 candles", "want 5 towels", "we'll take 5 pillows",
    )),
    "wanted done": (12, (
        "хочу, щоб привезли 12 мішків", "треба, щоб надрукували 12 кружок", "просимо, аби доставили 12 коробок",
        "хочу, чтобы привезли 12 мешков", "надо, чтобы напечатали 12 кружек", "просим, чтоб доставили 12 коробок",
        "we want 12 chairs sent to the office", "need 12 mugs printed by Friday", "I'd like 12 sacks delivered",
    )),
    "the size of each": (16, (
        "16 мішків ґрунту, 20 кг кожен", "хочу 16 гир по 24 кг", "потрібно 16 відер, 10 літрів",
        "16 мешков грунта, 20 кг каждый", "хочу 16 гирь по 24 кг", "нужно 16 вёдер, 10 литров",
        "16 sacks of sand, 25 kg each", "want 16 dumbbells 4 kg", "16 buckets, 10 litres each",
    )),
    "put down for": (2, (
        "запишіть за мною дві", "запишіть на мене дві.", "рахуйте мене на дві",
        "запишите за мной две", "запишите на меня две.", "считайте нас на две",
        "put me down for two", "put us down for two.", "count me in for two",
    )),
    "a line with one": (1, (
        "кавоварка одна, доставка в Суми", "Лампа настільна одна, бюджет 900 грн", "подушка одна, самовивіз",
        "кофеварка одна, доставка в Сумы", "Лампа настольная одна, бюджет 900 грн", "подушка одна, самовывоз",
        "one lamp, delivery to Sumy", "put me down for one.", "one pillow, pickup",
    )),
}  # fmt: skip

NOT_COUNTED = (
    "одній жінці важко нести", "мішок важить скільки, 25 кг?", "проблема одна, доставка довга", "обід на 13",
    "после обеда на двух машинах", "одной женщине не дотащить", "ведро сколько весит, килограмм 14?",
    "причина одна, доставка дорогая", "how much does a sack weigh, 25 kilos?", "can one woman carry it?",
    "12 mugs were delivered broken", "lunch is at 12",
)  # fmt: skip


@pytest.mark.parametrize(
    ("count", "text"),
    [pytest.param(count, text, id=f"{way}: {text}") for way, (count, texts) in COUNTED.items() for text in texts],
)
def test_a_count_is_heard_beside_people_and_sizes(count: int, text: str) -> None:
    assert last(quantity.find(text, context())) == count


@pytest.mark.parametrize("text", NOT_COUNTED)
def test_who_carries_and_what_weighs_is_not_counted(text: str) -> None:
    assert quantity.find(text, context()) == []

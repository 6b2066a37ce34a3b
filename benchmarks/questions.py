"""What customers write in the loads: every question is another text, as in life, unless a kind says otherwise."""

_PLACES = ("Львів", "Одесу", "Харків", "Полтаву", "Луцьк", "Суми", "Рівне", "Черкаси")
_ASKED = (
    "Скільки днів іде доставка до міста {place}, якщо замовити {number} пачок?",
    "Чи можна повернути кавоварку за {number} днів після покупки, якщо вона не підійшла?",
    "Яка гарантія на машину, якщо варити {number} чашок на день?",
    "Можно ли оплатить {number} килограммов при получении?",
    "Как часто нужно чистить машину, если нас {number} человек?",
    "Do you rent machines to an office of {number} people, and for how long?",
    "How do I pay for {number} kilos of beans, and can I get an invoice?",
    "Чи проводите ви навчання для {number} бариста у місті {place}?",
)
_PHRASES = ("Привіт", "Дякую", "Добрий день", "Спасибо", "Hello", "Thanks")


def unique_question(number: int) -> str:
    return _ASKED[number % len(_ASKED)].format(number=number + 2, place=_PLACES[number // 8 % len(_PLACES)])


def repeated_question(_number: int) -> str:
    return unique_question(0)


def known_phrase(number: int) -> str:
    return _PHRASES[number % len(_PHRASES)]


KINDS = {"unique": unique_question, "repeated": repeated_question, "phrase": known_phrase, "button": known_phrase}

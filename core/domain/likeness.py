"""When two descriptions may mean one person: names in any of three languages, numbers, mail. Pure; hints, no proofs."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

_LETTERS: Final[Mapping[str, str]] = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "e", "ё": "e", "э": "e", "ж": "j",
    "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "ы": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "g", "ц": "c", "ч": "q", "ш": "w", "щ": "w",
    "ь": "", "ъ": "", "ю": "iu", "я": "ia",
}  # fmt: skip
_LATIN: Final = (
    ("shch", "w"), ("sch", "w"), ("sh", "w"), ("kh", "g"), ("zh", "j"), ("ch", "q"), ("ts", "c"), ("tz", "c"),
    ("ya", "ia"), ("yu", "iu"), ("yo", "e"), ("ye", "e"), ("ie", "e"), ("yi", "i"), ("ck", "k"), ("x", "ks"),
    ("ph", "f"), ("h", "g"), ("y", "i"),
)  # fmt: skip
"""Spellings of one sound; the letters q, w and j stand for ч, ш and ж."""

# The same given name as it is written in three languages, and its everyday forms.
_GIVEN: Final = (
    "Олександр Александр Oleksandr Aleksandr Alexander Alex Саша Сашко Sasha Олекса",
    "Олександра Александра Oleksandra Alexandra", "Олексій Алексей Oleksii Alexey Alexei Aleksei Льоша Лёша",
    "Олена Елена Olena Elena Helen Helena Лена Оленка Lena", "Ольга Olga Olha Оля Olya",
    "Оксана Oksana Ксенія Ксения Xenia", "Наталія Наталья Наталя Nataliia Natalia Natalya Наташа Natasha",
    "Катерина Екатерина Kateryna Katerina Ekaterina Catherine Катя Katya", "Ірина Ирина Iryna Irina Іра Ира Ira",
    "Анна Ганна Anna Hanna Аня Anya Ann", "Марія Мария Maria Mariia Mary Маша Masha", "Юлія Юлия Yuliia Julia Юля",
    "Тетяна Татьяна Tetiana Tatiana Tatyana Таня Tanya", "Світлана Светлана Svitlana Svetlana Света Світа",
    "Софія София Sofiia Sofia Sophia Соня", "Дарина Дарья Дар'я Daria Darya Даша Dasha",
    "Микола Николай Mykola Nikolai Nikolay Nicholas Коля", "Михайло Михаил Mykhailo Mikhail Michael Миша Міша",
    "Сергій Сергей Serhii Sergey Sergei Сережа", "Дмитро Дмитрий Dmytro Dmitry Dmitri Dmitriy Діма Дима Dima",
    "Андрій Андрей Andrii Andrey Andriy Andrew", "Володимир Владимир Volodymyr Vladimir Вова Володя",
    "Євген Евгений Yevhen Evgeny Eugene Женя Yevgen", "Іван Иван Ivan Ваня John", "Павло Павел Pavlo Pavel Paul Паша",
    "Петро Петр Пётр Petro Petr Peter Петя", "Василь Василий Vasyl Vasily Vasiliy Вася", "Юрій Юрий Yurii Yuri Yury",
    "Ігор Игорь Ihor Igor", "Олег Oleh Oleg", "Максим Maksym Maxim Max Макс", "Богдан Bohdan Bogdan",
    "Віктор Виктор Viktor Victor Вітя Витя", "Вікторія Виктория Viktoriia Victoria Віка Вика Vika",
    "Роман Roman Рома", "Тарас Taras", "Денис Denys Denis", "Артем Артём Artem", "Кирило Кирилл Kyrylo Kirill Cyril",
    "Микита Никита Mykyta Nikita", "Ілля Илья Illia Ilya", "Анастасія Анастасия Anastasiia Anastasia Настя Nastya",
    "Людмила Liudmyla Lyudmila Люда", "Галина Halyna Galina Галя", "Валентина Valentyna Valentina Валя",
    "Надія Надежда Nadiia Nadezhda Надя", "Любов Любовь Liubov Lyubov Люба", "Віталій Виталий Vitalii Vitaly Vitaliy",
)  # fmt: skip

_CITIES: Final = (
    "Київ Киев Kyiv Kiev", "Львів Львов Lviv Lvov", "Харків Харьков Kharkiv Kharkov", "Одеса Одесса Odesa Odessa",
    "Дніпро Днепр Dnipro Dnepr", "Запоріжжя Запорожье Zaporizhzhia", "Миколаїв Николаев Mykolaiv Nikolaev",
    "Вінниця Винница Vinnytsia", "Чернігів Чернигов Chernihiv", "Рівне Ровно Rivne", "Тернопіль Тернополь Ternopil",
    "Чернівці Черновцы Chernivtsi", "Хмельницький Хмельницкий Khmelnytskyi", "Полтава Poltava", "Суми Сумы Sumy",
)  # fmt: skip
_SHARED_MAIL: Final = frozenset(
    [
        "info",
        "office",
        "sales",
        "hello",
        "contact",
        "admin",
        "shop",
        "order",
        "orders",
        "zakaz",
        "zamovlennia",
        "mail",
        "support",
        "team",
    ]
)
_FORMS: Final = re.compile(
    r"\b(?:тов|тзов|фоп|пп|ат|прат|ооо|ип|чп|зао|llc|ltd|limited|inc|gmbh|company|компанія|компания|фірма|фирма)\b",
    re.IGNORECASE,
)
_NO_LETTERS: Final = re.compile(r"[^a-z ]+")
_DOUBLE: Final = re.compile(r"(.)\1+")


def fold_name(text: str) -> str:
    """A name as it sounds, whichever of the alphabets it is written in; words in alphabetical order."""
    return " ".join(sorted({_GIVEN_BY_SOUND.get(word, word) for word in _sounds(text)}))


def fold_words(text: str) -> str:
    """A city or a company as it sounds, without its legal form."""
    return " ".join(sorted({_CITY_BY_SOUND.get(word, word) for word in _sounds(_FORMS.sub(" ", text))}))


def key_of(name: str, value: object) -> str | None:
    """What facts of one name are compared by; None for those that say nothing about who somebody is."""
    if not isinstance(value, str):
        return None
    match name:
        case "phone":
            return re.sub(r"[^\d+]", "", value) or None
        case "email":
            return value.strip().casefold() or None
        case "name":
            return fold_name(value) or None
        case "company" | "city":
            return fold_words(value) or None
    return None


def is_full_name(key: str) -> bool:
    """A given name alone is shared by thousands."""
    return len(key.split()) > 1


def is_shared_mail(key: str) -> bool:
    """An address that a whole firm reads."""
    return key.partition("@")[0] in _SHARED_MAIL


WEIGHTS: Final[Mapping[str, int]] = {
    "verified_phone": 60, "phone": 40, "email": 40, "username": 30, "name": 10, "city": 15, "company": 15,
    "shared_email": 10,
}  # fmt: skip
LEAST: Final = 25
"""Less than this is a coincidence: a name alone never gets there."""


def weigh(reasons: Iterable[str]) -> int:
    return sum(WEIGHTS.get(reason, 0) for reason in reasons)


def _sounds(text: str) -> list[str]:
    """Latin spellings first, then what is left in Cyrillic."""
    folded = text.casefold().translate(_APOSTROPHES)
    for spelling, sound in _LATIN:
        folded = folded.replace(spelling, sound)
    spelled = "".join(_LETTERS.get(letter, letter) for letter in folded)
    return [_DOUBLE.sub(r"\1", word) for word in _NO_LETTERS.sub(" ", spelled).split()]


_APOSTROPHES: Final = {ord(sign): None for sign in "'’ʼ`´"}
_GIVEN_BY_SOUND: Final[Mapping[str, str]] = {sound: min(_sounds(names)) for names in _GIVEN for sound in _sounds(names)}
_CITY_BY_SOUND: Final[Mapping[str, str]] = {sound: min(_sounds(names)) for names in _CITIES for sound in _sounds(names)}

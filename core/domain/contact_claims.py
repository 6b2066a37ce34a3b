"""Links, addresses and numbers that lead somewhere, in the shape in which two of them can be compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SaidContact:
    start: int
    end: int
    value: str
    is_link: bool


_DOT = r"(?:\.|\s?[\[({]\s?(?:\.|dot|крапка|точка)\s?[\])}]\s?|\s(?:dot|крапка|точка)\s)"
_TOP = (
    r"(?:com|ua|net|org|info|biz|shop|store|online|site|xyz|link|club|top|pro|app|dev|io|me|ly|gg|co|eu|pl|uk|us|ru|"
    r"by|kz|de|tv|cc|"
    r"ai|example|test|market|deals|sale|promo|click|live|укр|рф)"
)
_EMAIL = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|\s(?:собака|at)\s)\s?[\w-]{1,63}(?:" + _DOT + r"[\w-]{2,24}){1,4}", re.I
)
_URL = re.compile(r"(?:h(?:tt|xx)ps?\s?:\s?//|www\.|t\.me/|wa\.me/|bit\.ly/|tg://)[^\s<>\"'«»)\]]{2,300}", re.I)
_DOMAIN = re.compile(
    rf"(?<![\w@.-])(?:[a-zа-яіїєґ0-9-]{{1,40}}{_DOT}){{1,4}}{_TOP}(?![\w-])(?:/[^\s<>\"'«»)\]]{{0,200}})?", re.I
)
_ADDRESS = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?(?:/\S{0,100})?(?![\d.])")
_HANDLE = re.compile(r"(?<![\w@.])@[a-z0-9_.]{3,40}", re.I)
_NUMBER = re.compile(r"(?<![\w.,/])(?:\+|00)?\(?\d(?:[\s().-]{0,2}\d){8,21}(?![\d%])|\bUA\d{2}(?:\s?\d){20,27}", re.I)
_MARKED = re.compile(
    r"(?:тел\w*\.?|телефон\w*|номер\w*|phone|call|number|дзвон\w*|звон\w*|карт\w+|card|рахун\w+|"
    r"iban)\W{0,3}(?:\w+\W{1,3})?(\d(?:[\s().-]?\d){5,21})",
    re.I,
)


def find_contacts(text: str) -> Iterator[SaidContact]:
    """Each place once: what is part of an e-mail address is no link of its own."""
    taken: list[tuple[int, int]] = []
    for pattern, is_link in (
        (_EMAIL, False),
        (_URL, True),
        (_DOMAIN, True),
        (_ADDRESS, True),
        (_HANDLE, True),
        (_NUMBER, False),
        (_MARKED, False),
    ):
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            yield SaidContact(match.start(), match.end(), read_contact(match.group()), is_link)


def read_contact(text: str) -> str:
    """The same for all writings of one link, address or number."""
    digits = re.sub(r"\D", "", text)
    if "@" not in text and len(digits) >= 6 and not re.search(r"[a-zа-яіїєґ]\.|\.[a-zа-яіїєґ]|/", text, re.I):
        return digits[-9:]
    plain = re.sub(r"\s?[\[({]\s?(?:\.|dot|крапка|точка)\s?[\])}]\s?|\s(?:dot|крапка|точка)\s", ".", text.lower())
    plain = re.sub(r"\s?(?:\(at\)|\[at\])\s?|\s(?:at|собака)\s", "@", plain)
    plain = re.sub(r"^h(?:tt|xx)ps?\s?:\s?//", "", plain)
    return re.sub(r"^www\.", "", plain).rstrip("/.,;:!?").replace(" ", "").lstrip("@" if plain.startswith("@") else "")

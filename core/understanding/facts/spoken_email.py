"""Email addresses said in words or typed with spaces: "ivan собака gmail точка com", "bob underscore jones at …"."""

import re
from dataclasses import dataclass

_WORD = r"[a-zа-яіїєґё0-9][a-zа-яіїєґё0-9_.+'-]*"
_SIGNS = {
    ".": r"крапк[аоу]|точк[аоу]|dot|point",
    "_": r"нижн\w+ (?:підкресл\w+|подч[её]рк\w+|тире)|підкресл\w+|подч[её]рк\w+|under ?score",
    "-": r"дефіс\w?|дефис\w?|тире|мінус|минус|dash|hyphen|minus",
}
_BRACKETED = r"[(\[]\s?(?:dot|точка|крапка)\s?[)\]]"
_JOIN = rf"(?:\s?(?:{_BRACKETED}|[._-])\s?|\s(?:{'|'.join(_SIGNS.values())})\s)"
_DOT = rf"(?:\s?(?:{_BRACKETED}|\.)\s?|\s(?:{_SIGNS['.']})\s)"
_AT = (
    r"(?:\s?(?:[(\[]\s?(?:at|соба(?:ка|чка)|равлик|песик|ет|эт|@)\s?[)\]]|@)\s?"
    r"|\s(?:(?:знак )?соба(?:ка|чка|ки|ку)|равлик\w?|песик|гав|ет|эт|at)\s)"
)
_TLD = (
    r"(?:com|ua|net|org|ru|info|biz|me|io|eu|pl|de|uk|co|edu|gov|lv|lt|ee|cz|fr|it|es|kz|by|ge|md|ca|us|app|dev|shop"
    r"|pro|ком|ру|юа|уа|нет|нэт|орг|инфо|інфо|еду)"
)
# "джимейл ком", "укр нет": well-known hosts whose dot is left out
_HOST_PAIR = (
    r"(?:gmail|джимейл|джімейл|гмейл|гмайл|жмейл|outlook|аутлук|yahoo|яху|icloud|айклауд|hotmail|хотмейл) (?:com|ком)"
    r"|(?:ukr|укр) (?:net|нет)|(?:mail|мейл|майл) (?:ru|ру)"
)
_ADDRESS = re.compile(
    rf"(?<![\w@.+-])(?P<local>{_WORD}(?:{_JOIN}{_WORD}){{0,3}}(?: \d{{1,4}})?){_AT}"
    rf"(?P<domain>{_HOST_PAIR}|{_WORD}(?:{_JOIN}{_WORD}){{0,2}}{_DOT}{_TLD})(?![\w@-])"
)
_MAY_BE = re.compile(r"@|соба|равлик|песик|(?<!\w)(?:at|ет|эт)(?!\w)")
_PLAIN_AT = re.compile(r"\s(?:at|ет|эт)\s")
_SPOKEN_DOT = re.compile(_SIGNS["."])
_NO_LOCAL = frozenset(
    {"look", "is", "are", "me", "it", "mail", "email", "пошта", "почта", "here", "us", "work", "shop"}
)
"""Before a plain "at" these are no address."""
_MARKED = re.compile(r"[\d._-]")
"""What a common word has not."""
_LATIN_LOCAL = re.compile(r"(?!(?:insta|inst|instagram|telegram|tg|facebook|fb|tiktok|im|is)$)[a-z0-9][\w.+-]{2,}")
_LAST_LATIN_WORD = re.compile(r"[a-z][a-z0-9._-]*\s$")
_HOSTS = {
    "джимейл": "gmail", "джімейл": "gmail", "джімєйл": "gmail", "джемейл": "gmail", "гмейл": "gmail", "гмаил": "gmail",
    "гмайл": "gmail", "жмейл": "gmail", "жмаил": "gmail", "ґмейл": "gmail", "джимаил": "gmail", "укрнет": "ukr.net",
    "укр": "ukr", "яндекс": "yandex", "аутлук": "outlook", "хотмейл": "hotmail", "хотмаил": "hotmail", "мейл": "mail",
    "мэйл": "mail", "маил": "mail", "майл": "mail", "яху": "yahoo", "яхуу": "yahoo", "айклауд": "icloud",
    "рамблер": "rambler", "протон": "proton", "протонмейл": "protonmail", "мета": "meta", "бигмир": "bigmir",
    "ком": "com", "ру": "ru", "юа": "ua", "уа": "ua", "нет": "net", "нэт": "net", "орг": "org", "инфо": "info",
    "інфо": "info", "еду": "edu", "ай": "i",
}  # fmt: skip
_LATIN = (
    "a", "b", "v", "g", "g", "d", "e", "ye", "yo", "zh", "z", "i", "i", "i", "y", "k", "l", "m", "n", "o", "p", "r",
    "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
)  # fmt: skip
_LETTERS = dict(zip("абвгґдеєёжзиіїйклмнопрстуфхцчшщьыъэюя", _LATIN, strict=True))
_UKRAINIAN = {"г": "h", "и": "y"}


@dataclass(frozen=True, slots=True)
class Spoken:
    start: int
    end: int
    address: str


def find_spoken(folded: str) -> list[Spoken]:
    if not _MAY_BE.search(folded):
        return []
    found = (_read(folded, match) for match in _ADDRESS.finditer(folded))
    return [spoken for spoken in found if spoken is not None and spoken.address.isascii()]


def _read(folded: str, match: re.Match[str]) -> Spoken | None:
    local, domain = match.group("local"), match.group("domain")
    at = folded[match.end("local") : match.start("domain")]
    if _PLAIN_AT.fullmatch(at) and (local in _NO_LOCAL or not (_SPOKEN_DOT.search(domain) or _MARKED.search(local))):
        return None
    # " @name.ua" is rather a name in a social network; "name @ mail.ua" is an address.
    if at == " @" and not _LATIN_LOCAL.fullmatch(local):
        return None
    start, name = match.start(), _spell(local)
    word = _LAST_LATIN_WORD.search(folded[max(start - 40, 0) : start]) if name.isdigit() else None
    if word:
        start, name = start - len(word.group()), word.group().strip() + name
    host = ".".join(_HOSTS.get(part, part) for part in _unsay(domain).split("."))
    return Spoken(start, match.end(), f"{name}@{_spell(host)}")


def _spell(said: str) -> str:
    letters = _LETTERS | (_UKRAINIAN if re.search("[іїєґ]", said) else {})
    return "".join(letters.get(letter, letter) for letter in _unsay(said)).replace("'", "").strip(".")


def _unsay(said: str) -> str:
    """Signs for their names, no spaces around them."""
    for sign, names in _SIGNS.items():
        said = re.sub(rf"\s(?:{names})\s", sign, said)
    signed = re.sub(r"\s?([._-])\s?", r"\1", re.sub(rf"\s?{_BRACKETED}\s?", ".", said))
    return re.sub(r" (?=\d)", "", signed).replace(" ", ".")

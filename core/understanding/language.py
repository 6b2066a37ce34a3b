"""Which of the firm's languages a text is in: letters first, then small words, then a statistical detector."""

import re
from collections.abc import Sequence
from typing import Any

from core.errors import Unavailable
from core.understanding.text import fold

_UK_LETTERS = re.compile("[іїєґ]")
_RU_LETTERS = re.compile("[ыэъё]")
_CYRILLIC = re.compile("[а-яіїєґё]+")
_ADDRESS = re.compile(r"\S+@\S+|@\S+|https?://\S+|www\.\S+")
_LATIN = re.compile("[a-z]+(?:'[a-z]+)?")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words of the one language that the other does not know and whose letters do not tell.
_UK_WORDS = _words(
    "що як чи та але де коли дуже добре треба потрібно можна дякую будь мене цього цей ця скажи буде було є ще "
    "тільки також якщо або тому зараз сьогодні замовити ласка вартість щоб хто чому звідки усе мабуть гарно "
    "добрий згода угу ви ти ми вона воно вони бо це тепер поки гаразд хай нехай людина людину маю бачу беремо "
    "замовлю тебе тупий дурний поганий гарний новий робите робиш кажи пиши "
    "поговоримо домовимося домовимось обговоримо зробимо оформимо хочемо можемо почнемо будемо"
)
_RU_WORDS = _words(
    "что как или но где когда очень хорошо да нужно надо можно спасибо пожалуйста меня мне сколько если чтобы "
    "тоже во со ко обо только сейчас сегодня купить заказать стоит цена кто почему откуда куда нет еще привет "
    "здравствуйте она оно они человек человека позовите возьму закажу "
    "тебя будет есть чего вообще скажите подскажите ладно конечно скидка "
    "отдайте отдадите сделайте сделаете дешевле почем скок скинете привезут привезете "
    "покажите посоветуйте нужна нужен забрать получить остальное вместе итого "
    "деньги вернете верните вернуть купил купила заказал заказала получил получила взял взяла хотел хотела "
    "сломался сломалась сломалось обменять оплатить оформим договоримся созвонимся"
)
_BORROWED = _words("ще да нет но как или спасибо привет конечно ладно хорошо надо можно скидка будет есть меня")
"""Words that are heard in talk of the other language too: one of them changes no conversation's language."""
_EN_WORDS = _words(
    "the a an is are do does can could would i you we my me your it this that what how when where why who which and or "
    "but not no yes hi hello hey thanks thank please need want have has for to of in on with at from price much many "
    "good bye okay sure let's i'm don't it's delivery order buy there any some just about will looking"
)
_TRANSLITERATED = {
    "uk": _words(
        "pryvit pryvitik dyakuyu diakuiu dyakuu dobryi dobryj dobryy dobrogo dnya vechir ranok skilky skilki "
        "koshtuye koshtue treba mozhna mozna laska bud shcho potribno potriben grn hryven tak meni mene "
        "duzhe spivpratsia byudzhet chy maete mayete yak yakyi yaka yaki yakyy koly chomu zamovyty "
        "zamovlennya dostavka dniv dni rozmir kolir stilets stiltsi mozhu hochu khochu shukayu tse vash "
        "vashi tsina cina znyzhka budlaska viddilennya"
    ),
    "ru": _words(
        "privet privetik spasibo spasiba skolko stoit nuzhno nuzhen nado mozhno pozhaluysta pozhalusta "
        "pojaluista zdravstvuyte zdravstvujte zdraste chto kak kakoy kakaya kakie est hochu xochu dorogo "
        "nomer beru da podumayu cena razmer podhodit dobriy dobry dnya vecher menya mne dostavka dostavku "
        "posylka zakaz zakazat kupit dolgo kogda gde pochemu esche eshe tozhe ochen horosho tsvet stul "
        "stulya dney"
    ),
}
_RU_INFINITIVE = re.compile(r"\b(?:хочу|можу|могу|можна|как|надо)\s+(?:\w+\s+)?[а-я]{2,}(?:а|я|и|е|у|ну)ть(?:ся)?\b")
"""Where one language's verbs end in -ть the other's end in -ти, whatever the verb is."""
_SURE_LATIN_WORDS = 5
_TELLING = 3
"""Letters: "vs" is written in any language."""
_SURE_BESIDE_KNOWN = 0.9
"""A conversation's language is given up for a guess only when the detector is as sure as that."""
_SHORT = 2
"""Up to so many words without telling letters a known language is not given up."""


class LanguageDetector:
    """Answers with one of `languages` always. The statistical detector loads at the first text that needs it."""

    def __init__(self, *, languages: Sequence[str]) -> None:
        self._languages = tuple(languages)
        self._lingua: Any = None

    def detect(self, text: str, *, known: str | None, default: str) -> str:
        """`known` is the conversation's language so far, `default` the firm's."""
        fallback = known if known in self._languages else default
        folded = _ADDRESS.sub(" ", fold(text))
        # Cyrillic letters are no English, however short the text is.
        has_known = known in self._languages and not (known == "en" and _CYRILLIC.search(folded))
        found = self._read(folded, has_known=has_known)
        return found if found in self._languages else fallback

    def tells(self, text: str) -> bool:
        """Whether a text says by itself in which language it is."""
        return self._read(_ADDRESS.sub(" ", fold(text)), has_known=False) is not None

    def prepare(self) -> None:
        """Load the statistical detector now; about 0.4 s and 90 MB."""
        # The models of the languages are read at the first text, not when the detector is built.
        self._detector().detect_language_of("добре товар")

    def _read(self, text: str, *, has_known: bool) -> str | None:
        cyrillic = _CYRILLIC.findall(text)
        latin = _LATIN.findall(text)
        if sum(map(len, cyrillic)) * 4 < sum(map(len, latin)):
            return _read_latin(latin, has_known=has_known)
        if not cyrillic:
            return None
        uk, ru = len(_UK_LETTERS.findall(text)), len(_RU_LETTERS.findall(text))
        if uk != ru:
            return "uk" if uk > ru else "ru"
        if _RU_INFINITIVE.search(text):
            return "ru"
        if has_known and len(cyrillic) <= _SHORT:
            cyrillic = [word for word in cyrillic if word not in _BORROWED]
        uk, ru = (sum(word in words for word in cyrillic) for words in (_UK_WORDS, _RU_WORDS))
        if uk != ru:
            return "uk" if uk > ru else "ru"
        if has_known and len(cyrillic) <= _SHORT:
            return None
        return self._ask_lingua(" ".join(cyrillic), sure=_SURE_BESIDE_KNOWN if has_known else 0.0)

    def _ask_lingua(self, text: str, *, sure: float) -> str | None:
        if not {"uk", "ru"} <= set(self._languages):
            return next((language for language in self._languages if language in ("uk", "ru")), None)
        likeliest = self._detector().compute_language_confidence_values(text)[0]
        return str(likeliest.language.iso_code_639_1.name).lower() if likeliest.value >= sure else None

    def _detector(self) -> Any:
        if self._lingua is None:
            try:
                from lingua import Language, LanguageDetectorBuilder
            except ImportError as error:
                raise Unavailable(
                    "The package lingua-language-detector is not installed.",
                    where="understanding",
                    hint="run `make setup`",
                ) from error
            # Only these: with all its languages it takes 1 GB.
            chosen = (Language.UKRAINIAN, Language.RUSSIAN, Language.ENGLISH)
            self._lingua = LanguageDetectorBuilder.from_languages(*chosen).build()
        return self._lingua


def _read_latin(words: Sequence[str], *, has_known: bool) -> str | None:
    """A lone model name or address is no English. Ukrainian and Russian may come in Latin letters."""
    english = sum(word in _EN_WORDS for word in words)
    language, hits = _read_transliterated(words)
    if hits > english and (hits * 3 >= len(words) or not english):
        return language
    if len(words) >= _SURE_LATIN_WORDS or english:
        return "en"
    return None if has_known or all(len(word) < _TELLING for word in words) else "en"


def _read_transliterated(words: Sequence[str]) -> tuple[str, int]:
    """The likelier of the two languages, and how many of its words there are."""
    hits = {language: sum(word in known for word in words) for language, known in _TRANSLITERATED.items()}
    likelier = max(hits, key=hits.__getitem__)
    return likelier, hits[likelier]

"""Texts that stand in each language of the firm."""

from collections.abc import Iterable

from core.domain.vocabulary import LANGUAGES
from core.strategy.problems import Place, Problems, name_hint


def check_languages(
    given: Iterable[str], of: str, place: Place, languages: tuple[str, ...], problems: Problems
) -> None:
    written = set(given)
    for language in sorted(written - set(LANGUAGES)):
        problems.add(place, f"{of} speaks an unknown language {language!r}", name_hint(language, LANGUAGES))
    missing = [language for language in languages if language not in written]
    if written and missing:
        problems.add(place, f"{of} has no text in {', '.join(missing)}", "write it in each language of the firm")

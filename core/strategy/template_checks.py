"""What every text for a customer must satisfy, whether a template, an answer to an objection or a phrase."""

import re
from collections.abc import Iterable, Sequence

from core.domain.amounts import find_amounts
from core.domain.vocabulary import LANGUAGES
from core.strategy.fields import LanguageTexts
from core.strategy.phrases import ALWAYS, PLACEHOLDERS
from core.strategy.problems import Place, Problems, name_hint
from core.strategy.yaml_lines import Text

MAX_TEXT = 600

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SHARE = re.compile(r"\d[\d.,]*\s?(?:[%％]|відсотк\w*|процент\w*|per\s?cent)", re.IGNORECASE)


def placeholders_of(text: str) -> tuple[str, ...]:
    return tuple(_PLACEHOLDER.findall(text))


def check_texts(
    texts: LanguageTexts,
    *,
    of: str,
    place: Place,
    languages: Sequence[str],
    filled: Iterable[str],
    problems: Problems,
) -> None:
    """`filled` are placeholders that surely have a value here, beside those that always have one."""
    sure = ALWAYS | frozenset(filled)
    for language, variants in texts.items():
        if language not in LANGUAGES:
            where = variants[0].place if variants else place
            problems.add(where, f"{of} speaks an unknown language {language!r}", name_hint(language, LANGUAGES))
            continue
        for text in variants:
            _check_text(text, of=of, problems=problems)
        if variants and not any(sure.issuperset(placeholders_of(text.value)) for text in variants):
            optional = sorted({name for text in variants for name in placeholders_of(text.value)} - sure)
            problems.add(
                variants[0].place,
                f"{of} has no text in {language!r} that can always be said",
                f"add one without {', '.join('{' + name + '}' for name in optional)}: they may have no value",
            )
    missing = [language for language in languages if not texts.get(language)]
    if texts and missing:
        problems.add(place, f"{of} has no text in {', '.join(missing)}", "write at least one text in each language")


def _check_text(text: Text, *, of: str, problems: Problems) -> None:
    value = text.value
    for name in placeholders_of(value):
        if name not in PLACEHOLDERS:
            problems.add(text.place, f"unknown placeholder {{{name}}} in {of}", name_hint(name, PLACEHOLDERS))
    if "{" in _PLACEHOLDER.sub("", value) or "}" in _PLACEHOLDER.sub("", value):
        problems.add(text.place, f"a brace in {of} has no partner", "write placeholders as {name}")
    if value.count("?") > 1:
        problems.add(text.place, f"{of} asks more than one question at once", "ask one; the next move asks the other")
    if len(value) > MAX_TEXT:
        problems.add(
            text.place,
            f"a text of {of} has {len(value)} characters, more than {MAX_TEXT}",
            "shorten it; long explanations belong into knowledge/",
        )
    amount = _find_amount(value)
    if amount:
        problems.add(
            text.place,
            f"{of} has an amount written into it: {amount!r}",
            "use {price}, or write it as a policy in firm.yaml: prices come only from the price list",
        )


def _find_amount(text: str) -> str | None:
    share = _SHARE.search(text)
    if share:
        return share.group()
    return next((text[amount.start : amount.end].strip() for amount in find_amounts(text)), None)

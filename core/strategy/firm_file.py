"""firm.yaml: who the firm is, when it is there, and the lines it stands by."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.domain.channel_texts import ChannelTexts
from core.domain.firm import WEEKDAYS, Policy
from core.domain.hand_over import HandOver
from core.domain.vocabulary import LANGUAGES
from core.strategy.catalogue_files import AUDIENCES, read_date
from core.strategy.channel_texts import read_channel_texts
from core.strategy.fields import Fields
from core.strategy.hand_over_fields import read_hand_over, read_holidays
from core.strategy.languages import check_languages
from core.strategy.problems import Problems, name_hint
from core.strategy.quiet_hours_field import read_quiet_hours
from core.strategy.validate import check_disclosure
from core.strategy.yaml_lines import Node, Text, read_yaml

_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]\d|2[0-3]):([0-5]\d)")
_REGION = re.compile(r"[A-Z]{2}")
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class FirmFile:
    """What one firm.yaml says; None and empty = not said."""

    name: str | None
    languages: tuple[str, ...]
    default_language: str | None
    region: str | None
    timezone: str | None
    currency: str | None
    on_duty: Mapping[str, tuple[time, time]] | None
    disclosure: Mapping[str, str]
    contacts: Mapping[str, str]
    policies: tuple[Policy, ...]
    audiences: Mapping[str, str]
    channel_texts: ChannelTexts
    holidays: frozenset[date]
    hand_over: HandOver
    quiet_hours: tuple[time, time] | None


def read_firm_file(text: str, file: str, *, problems: Problems) -> FirmFile | None:
    root = read_yaml(text, file, problems)
    if root is None:
        return None
    fields = Fields(root, problems, of="the firm")
    languages = _languages(fields, problems)
    firm = FirmFile(
        name=_value(fields.text("name", required=True)),
        languages=languages,
        default_language=_default_language(fields, languages, problems),
        region=_code(fields.text("region"), _REGION, "a country", "UA", problems),
        timezone=_timezone(fields.text("timezone"), problems),
        currency=_code(fields.text("currency"), _CURRENCY, "a currency", "UAH", problems),
        on_duty=_on_duty(fields, problems),
        disclosure=_disclosure(fields, languages, problems),
        contacts=_contacts(fields, problems),
        policies=_policies(fields, languages or LANGUAGES, problems),
        audiences=_audiences(fields, problems),
        channel_texts=read_channel_texts(fields, languages or LANGUAGES, problems),
        holidays=read_holidays(fields, problems),
        hand_over=read_hand_over(fields, problems),
        quiet_hours=read_quiet_hours(fields, problems),
    )
    fields.refuse_rest()
    return firm


def _value(text: Text | None) -> str | None:
    return text.value if text else None


def _languages(fields: Fields, problems: Problems) -> tuple[str, ...]:
    texts = fields.texts("languages")
    for text in texts:
        if text.value not in LANGUAGES:
            problems.add(text.place, f"unknown language {text.value!r}", name_hint(text.value, LANGUAGES))
    return tuple(dict.fromkeys(text.value for text in texts if text.value in LANGUAGES))


def _default_language(fields: Fields, languages: tuple[str, ...], problems: Problems) -> str | None:
    text = fields.text("default_language")
    allowed = languages or LANGUAGES
    if text is not None and text.value not in allowed:
        what = f"default_language {text.value!r} is not one of the firm's languages"
        problems.add(text.place, what, name_hint(text.value, allowed))
    return _value(text)


def _code(text: Text | None, shape: re.Pattern[str], of: str, example: str, problems: Problems) -> str | None:
    if text is not None and not shape.fullmatch(text.value):
        what = f"{text.value!r} is not the code of {of}"
        problems.add(text.place, what, f"write it in capital letters, for instance {example}")
    return _value(text)


def _timezone(text: Text | None, problems: Problems) -> str | None:
    if text is None:
        return None
    try:
        ZoneInfo(text.value)
    except (OSError, ValueError, ZoneInfoNotFoundError):
        problems.add(text.place, f"unknown time zone {text.value!r}", "write for instance Europe/Kyiv or Europe/Warsaw")
    return text.value


def _on_duty(fields: Fields, problems: Problems) -> Mapping[str, tuple[time, time]] | None:
    group = fields.group("on_duty")
    if group is None:
        return None
    named = Fields(group, problems, of="on_duty")
    hours: dict[str, tuple[time, time]] = {}
    for day in WEEKDAYS:
        text = named.text(day)
        match = _HOURS.fullmatch(text.value) if text else None
        if text and not match:
            problems.add(text.place, f"{text.value!r} are no hours", 'write them as "09:00-18:00"')
        elif text and match:
            begin, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
            if begin >= end:
                problems.add(text.place, f"{text.value!r} ends before it begins", "write the opening time first")
            hours[day] = (begin, end)
    named.refuse_rest()
    return hours


def _disclosure(fields: Fields, languages: tuple[str, ...], problems: Problems) -> Mapping[str, str]:
    texts = fields.by_language("disclosure")
    check_disclosure(texts, of="the disclosure", problems=problems)
    check_languages(texts.keys(), "the disclosure", fields.place_of("disclosure"), languages, problems)
    return {language: variants[0].value for language, variants in texts.items() if variants}


def _contacts(fields: Fields, problems: Problems) -> Mapping[str, str]:
    group = fields.group("contacts")
    if group is None:
        return {}
    named = Fields(group, problems, of="contacts")
    texts = {key: named.text(key) for key in group.values}
    return {key: text.value for key, text in texts.items() if text}


def _audiences(fields: Fields, problems: Problems) -> Mapping[str, str]:
    """Whom the firm expects on which channel."""
    group = fields.group("audiences")
    if group is None:
        return {}
    named = Fields(group, problems, of="audiences")
    texts = {key: named.text(key) for key in group.values}
    for text in texts.values():
        if text and text.value not in AUDIENCES:
            problems.add(text.place, f"unknown audience {text.value!r}", name_hint(text.value, AUDIENCES))
    return {key: text.value for key, text in texts.items() if text}


def _policies(fields: Fields, languages: tuple[str, ...], problems: Problems) -> tuple[Policy, ...]:
    policies: dict[str, Policy] = {}
    for node in fields.items("policies"):
        policy = _policy(node, languages, problems)
        if policy is not None and policy.id in policies:
            problems.add(node.place, f"the policy {policy.id!r} stands twice", "rename or delete one of them")
        elif policy is not None:
            policies[policy.id] = policy
    return tuple(policies.values())


def _policy(node: Node, languages: tuple[str, ...], problems: Problems) -> Policy | None:
    fields = Fields(node, problems, of="the policy")
    policy_id = fields.text("id", required=True)
    texts = fields.by_language("text", required=True)
    until = fields.text("valid_until")
    valid_until = read_date(until.value, until.place, "valid_until", problems) if until else None
    fields.refuse_rest()
    if policy_id is None or not texts:
        return None
    of = f"the policy {policy_id.value!r}"
    check_languages(texts.keys(), of, node.place, languages, problems)
    return Policy(
        policy_id.value, {language: " ".join(t.value for t in v) for language, v in texts.items()}, valid_until
    )

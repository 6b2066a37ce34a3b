"""The parts of firm.yaml that say when nobody is there, and how people and the bot hand over to each other."""

from datetime import date, timedelta

from core.domain.hand_over import Assign, HandOver
from core.strategy.catalogue_files import read_date
from core.strategy.durations import read_duration
from core.strategy.fields import Fields
from core.strategy.problems import Problems, name_hint
from core.strategy.yaml_lines import Text

NEVER = "never"


def read_holidays(fields: Fields, problems: Problems) -> frozenset[date]:
    """ISO dates on which nobody is there."""
    days = (read_date(text.value, text.place, "the holiday", problems) for text in fields.texts("holidays"))
    return frozenset(day for day in days if day is not None)


def read_hand_over(fields: Fields, problems: Problems) -> HandOver:
    group = fields.group("hand_over")
    if group is None:
        return HandOver()
    named, usual = Fields(group, problems, of="hand_over"), HandOver()
    found = HandOver(
        resume_app=_resume(named.text("resume_app"), usual.resume_app, problems),
        resume_desk=_resume(named.text("resume_desk"), usual.resume_desk, problems),
        assign=_assign(named.text("assign"), problems),
        answer_within=_resume(named.text("answer_within"), None, problems) or usual.answer_within,
    )
    named.refuse_rest()
    return found


def _resume(text: Text | None, usual: timedelta | None, problems: Problems) -> timedelta | None:
    if text is None:
        return usual
    return None if text.value == NEVER else read_duration(text, problems)


def _assign(text: Text | None, problems: Problems) -> Assign:
    if text is None:
        return HandOver().assign
    if text.value not in list(Assign):
        problems.add(text.place, f"unknown way to assign {text.value!r}", name_hint(text.value, list(Assign)))
        return HandOver().assign
    return Assign(text.value)

"""Whole talks with scripted customers on a simulated clock: what the bot said, understood and brought about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any, Protocol

from bots.channel import AccountHealth, AccountState
from bots.console.channel import ConsoleChannel
from bots.evaluation.records import Record
from bots.evaluation.request import Report, Request
from bots.evaluation.stand import Stand, open_stand
from bots.evaluation.talk_rules import find_failures
from bots.net import relay
from bots.quiet import quiet_for
from core.domain.ids import AccountId, ConversationId
from core.domain.messages import Attachment, AttachmentKind, InboundKind, InboundMessage, Profile
from core.jobs.memory import MemoryJobs
from core.storage.conversations import find_conversation
from core.storage.jobs import next_due, take_back
from core.storage.played import Played, load_played
from core.storage.turns import follow_up_key

USUAL_GAP_S = 30.0
QUIET = timedelta(seconds=1.2)
LONGEST_QUIET = timedelta(seconds=4)
DEFAULT_CHANNEL = "telegram"

Said = Mapping[str, Any]


async def evaluate(records: Sequence[Record], request: Request) -> Report:
    """Each record is a talk of its own that begins when the request says; follow-ups fire in the gaps."""
    predictions, failures = [], {}
    async with open_stand(request) as stand:
        for record in records:
            stand.clock.advance(request.now - stand.clock.now())
            played = await play(stand, record)
            predictions.append(_prediction(record, played))
            failures[str(record["id"])] = find_failures(record.get("expected") or {}, played)
    return Report(predictions, score(records, failures))


class Line(Protocol):
    """A customer's way to the bot."""

    account: AccountId
    chat: str

    async def write(self, burst: Sequence[Said]) -> None:
        """Everything of one quiet window, with the clock moved between; returning means that it arrived."""
        ...


async def play(stand: Stand, record: Record, line: Line | None = None) -> Played:
    """One customer from the first message to the last, and the silence after it (`silence_s`); at a terminal that is
    named like the talk's channel, when there is no `line`."""
    line = line or TerminalLine(stand, record)
    is_first = True
    for burst in list_bursts(record.get("messages") or ()):
        await pass_time(stand, gap_of(burst[0], is_first=is_first))
        await line.write(burst)
        await stand.settle()
        is_first = False
    await pass_time(stand, float(record.get("silence_s") or 0))
    talk = await stand.app.database.read(lambda conn: find_conversation(conn, line.account, line.chat))
    if talk is None:
        return Played((), (), {}, None, (), "bot", "opening", "buyers")
    await stand.app.database.write(lambda conn: take_back(conn, follow_up_key(talk)))
    return await stand.app.database.read(lambda conn: load_played(conn, ConversationId(talk)))


class TerminalLine:
    """Implements Line: straight to the intake, on a channel that can show everything."""

    def __init__(self, stand: Stand, record: Record) -> None:
        self.account = _open_channel(stand, str(record.get("channel") or DEFAULT_CHANNEL))
        self.chat = f"talk:{record['id']}"
        self._stand = stand
        self._record = record
        self._number = 0

    async def write(self, burst: Sequence[Said]) -> None:
        arrivals: list[InboundMessage] = []
        for said in burst:
            if arrivals:
                self._stand.clock.advance(timedelta(seconds=gap_of(said)))
            if text_of(said) or said.get("voice"):
                arrivals.append(self._message(said))
            self._number += 1
        await self._stand.app.intake.receive(arrivals)

    def _message(self, said: Said) -> InboundMessage:
        """A voice note comes as its transcript."""
        text = text_of(said)
        voice = (Attachment(AttachmentKind.VOICE),) if said.get("voice") else ()
        kind = InboundKind.MEDIA if voice else InboundKind.COMMAND if text.startswith("/") else InboundKind.TEXT
        return InboundMessage(
            self.account, f"{self.chat}:{self._number}", self.chat, self.chat, kind, self._stand.clock.now(), text,
            attachments=voice, profile=Profile(name=self._record.get("name")),
        )  # fmt: skip


async def pass_time(stand: Stand, seconds: float) -> None:
    """Move the clock, stopping wherever something planned falls due."""
    jobs = stand.app.jobs
    assert isinstance(jobs, MemoryJobs)
    end = stand.clock.now() + timedelta(seconds=seconds)
    while (due := await stand.app.database.read(next_due)) is not None and due <= end:
        stand.clock.advance(max(timedelta(), due - stand.clock.now()))
        await relay(database=stand.app.database, jobs=jobs, clock=stand.clock)
        await jobs.run_due()
        await stand.settle()
    stand.clock.advance(end - stand.clock.now())


def score(records: Sequence[Record], failures: Mapping[str, Sequence[str]]) -> Mapping[str, Any]:
    """How many talks went as expected, per language and role, and why the others did not."""
    judged = [record for record in records if record.get("expected")]
    failed = {str(record["id"]): list(failures[str(record["id"])]) for record in judged if failures[str(record["id"])]}
    return {
        "talks": len(records),
        "passed": len(judged) - len(failed),
        "failed": failed,
        "by_language": _rates(judged, failed, "language"),
        "by_role": _rates(judged, failed, "role"),
    }


def _rates(records: Sequence[Record], failed: Mapping[str, object], by: str) -> Mapping[str, str]:
    total = Counter(str(record.get(by, "")) for record in records)
    passed = Counter(str(record.get(by, "")) for record in records if str(record["id"]) not in failed)
    return {name: f"{passed[name]}/{total[name]}" for name in sorted(total)}


def _prediction(record: Record, played: Played) -> Record:
    return {
        "id": record["id"],
        "replies": [asdict(reply) for reply in played.replies],
        "facts": dict(played.facts),
        "outcome": played.outcome,
        "events": list(played.events),
    }


def _open_channel(stand: Stand, name: str) -> AccountId:
    """Each channel that a talk names is a terminal of that name."""
    if name not in stand.app.channels:
        channel = ConsoleChannel()
        channel.name = name
        stand.app.channels[name] = channel
        stand.app.health.report(name, AccountHealth(AccountState.OK, "", "", stand.clock.now()))
    return AccountId(name)


def list_bursts(messages: Sequence[Said]) -> list[list[Said]]:
    """What is written within one quiet window is read together, as it is in life. A message without text is silence."""
    bursts: list[list[Said]] = []
    for said in messages:
        joins = bool(bursts) and gap_of(said) <= _quiet_after(bursts[-1]).total_seconds()
        bursts[-1].append(said) if joins else bursts.append([said])
    return bursts


def _quiet_after(burst: Sequence[Said]) -> timedelta:
    spent = timedelta(seconds=sum(gap_of(said) for said in burst[1:]))
    quiet = quiet_for(InboundKind.TEXT, text_of(burst[-1]), usual=QUIET, longest=LONGEST_QUIET)
    return min(quiet, LONGEST_QUIET - spent)


def gap_of(said: Said, *, is_first: bool = False) -> float:
    """Seconds between the message before and this one."""
    gap = said.get("gap_s")
    return float(gap) if gap is not None else (0.0 if is_first else USUAL_GAP_S)


def text_of(said: Said) -> str:
    return str(said.get("text") or "")

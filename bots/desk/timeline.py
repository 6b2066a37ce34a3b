"""A conversation from top to bottom: days, messages with their marked words, and why the bot spoke or kept silent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bots.desk.marks import Piece, cut
from bots.desk.plain_words import Explanation, explain
from bots.desk.words import Words
from core.storage.talks import Talk, TalkMessage, TalkTurn
from core.storage.witnessed import WitnessedFact


@dataclass(frozen=True, slots=True)
class Entry:
    """A message, or with none a turn in which nothing was said. `day` is set where a new day begins."""

    at: datetime
    day: date | None
    message: TalkMessage | None
    pieces: Sequence[Piece]
    explanation: Explanation | None


def build_timeline(talk: Talk, words: Words, timezone: tzinfo) -> list[Entry]:
    last_of_turn = {message.turn_id: message.id for message in talk.messages if message.turn_id}
    silent = [turn for turn in talk.turns.values() if turn.id not in last_of_turn]
    entries: list[Entry] = []
    day: date | None = None
    for item in _in_order(talk.messages, silent):
        today = item.at.astimezone(timezone).date()
        new_day, day = (today if today != day else None), today
        if isinstance(item, TalkTurn):
            entries.append(Entry(item.at, new_day, None, (), explain(item, words)))
            continue
        turn = talk.turns.get(item.turn_id or 0)
        explained = explain(turn, words) if turn and last_of_turn[turn.id] == item.id else None
        entries.append(Entry(item.at, new_day, item, _pieces(item, talk.facts.values()), explained))
    return entries


def _in_order(messages: Sequence[TalkMessage], silent: Sequence[TalkTurn]) -> list[TalkMessage | TalkTurn]:
    """Messages keep the order of their ids; a silent turn stands after what was written before it."""
    ordered: list[TalkMessage | TalkTurn] = list(messages)
    for turn in silent:
        place = sum(item.at <= turn.at for item in ordered)
        ordered.insert(place, turn)
    return ordered


def _pieces(message: TalkMessage, facts: Iterable[WitnessedFact]) -> Sequence[Piece]:
    return cut(message.text, [fact for fact in facts if fact.message_id == message.id])

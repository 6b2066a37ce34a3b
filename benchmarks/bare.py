"""The least that a durable turn costs: the standard library, SQLite and three synced commits."""

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

SCHEMA = """
pragma journal_mode=wal;
pragma synchronous=full;
create table arrival(id integer primary key, talk text, words text, answered int not null default 0);
create table utterance(id integer primary key, talk text, speaker text, words text);
create index utterance_of on utterance(talk, id);
create table memory(talk text primary key, notes text);
create table reply(id integer primary key, talk text, words text, delivered int not null default 0);
"""
REPLY = "Доставка у Львів коштує за тарифом перевізника, 43 розмір є. Оформити?"
VERBS = ("understand", "decide", "search", "compose", "review")


class BareLoop:
    """Arrival committed, the last 20 lines read, five verbs that do nothing, everything saved in one commit, and the
    delivery noted in a third."""

    def __init__(self, folder: Path) -> None:
        self._store = sqlite3.connect(folder / "bare.db", isolation_level=None)
        self._store.executescript(SCHEMA)
        self._alone: dict[str, asyncio.Lock] = {}

    async def turn(self, talk: str, text: str) -> None:
        store = self._store
        arrival = store.execute("insert into arrival(talk, words) values (?, ?)", (talk, text)).lastrowid
        async with self._alone.setdefault(talk, asyncio.Lock()):
            row = store.execute("select notes from memory where talk = ?", (talk,)).fetchone()
            notes: dict[str, Any] = json.loads(row[0]) if row else {}
            store.execute("select speaker, words from utterance where talk = ? order by id desc limit 20", (talk,))
            for verb in VERBS:
                notes[verb] = REPLY
                await asyncio.sleep(0)
            reply = self._save(talk, text, notes, arrival)
            store.execute("update reply set delivered = 1 where id = ?", (reply,))

    def _save(self, talk: str, text: str, notes: dict[str, Any], arrival: int | None) -> int | None:
        store = self._store
        store.execute("begin immediate")
        lines = [(talk, "customer", text), (talk, "bot", REPLY)]
        store.executemany("insert into utterance(talk, speaker, words) values (?, ?, ?)", lines)
        store.execute("replace into memory values (?, ?)", (talk, json.dumps(notes)))
        reply = store.execute("insert into reply(talk, words) values (?, ?)", (talk, REPLY)).lastrowid
        store.execute("update arrival set answered = 1 where id = ?", (arrival,))
        store.execute("commit")
        return reply

    async def close(self) -> None:
        self._store.close()

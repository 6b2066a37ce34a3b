"""The whole application on a real PostgreSQL and a real Redis-compatible server."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from tests.bots.whole import Whole, open_whole
from tests.rag.test_servers import a_server_that_says
from tests.servers import fresh_postgres, migrated_postgres, start_valkey


@pytest.fixture
async def whole(tmp_path: Path) -> AsyncIterator[Whole]:
    with fresh_postgres(migrated_postgres()) as url:
        async with open_whole(tmp_path, database_url=url, redis_url=start_valkey()) as whole:
            yield whole


async def until_told(whole: Whole, part: str, state: str) -> dict[str, str]:
    async with asyncio.timeout(30):
        while True:
            told: dict[str, str] = (await whole.health())["parts"].get(part, {})
            if told.get("state") == state:
                return told
            await asyncio.sleep(0.05)


async def test_a_customer_writes_the_lead_table_fills_and_a_person_takes_over_and_hands_back(whole: Whole) -> None:
    asked = await whole.say("zoe", "Добрий день! Мій номер 067 123 45 67")
    reply = await whole.reply_to("zoe", asked)
    assert (reply["role"], bool(reply["text"])) == ("bot", True)

    await whole.sign_in()
    table = (await whole.client.get("/desk")).text
    assert "+380671234567" in table
    found = re.search(r"/desk/conversations/(\d+)", table)
    assert found
    talk = f"/desk/conversations/{found[1]}"
    assert "067 123 45 67" in (await whole.client.get(talk)).text

    await whole.fill(talk, f"{talk}/take_over")
    asked = await whole.say("zoe", "Ви ще тут?")
    await whole.fill(talk, f"{talk}/reply", text="Так, це Олена")
    reply = await whole.reply_to("zoe", asked)
    assert (reply["role"], reply["text"]) == ("operator", "Так, це Олена")
    assert [message["role"] for message in await whole.heard("zoe", asked)] == ["operator"]

    await whole.fill(talk, f"{talk}/hand_back")
    asked = await whole.say("zoe", "Дякую, а скільки коштує доставка?")
    async with asyncio.timeout(30):
        while all(message["role"] != "bot" for message in await whole.heard("zoe", asked)):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_health_and_metrics_tell_of_every_server_and_process(whole: Whole) -> None:
    for part in ("database", "cache", "jobs"):
        await until_told(whole, part, "ok")
    health = await whole.health()
    assert health["status"] == "ok"
    assert health["process"] in health["processes"]
    metrics = (await whole.client.get("/metrics")).text
    assert 'seller_part_ok{part="cache",state="ok"} 1.0' in metrics
    assert f'seller_process_seen_seconds{{here="true",process="{health["process"]}"}}' in metrics
    assert "seller_listening 1.0" in metrics


async def test_while_the_database_is_away_messages_are_refused_and_the_end_is_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bots.watch.EVERY", timedelta(seconds=0.2))
    with ExitStack() as gone:
        url = gone.enter_context(fresh_postgres(migrated_postgres()))
        async with open_whole(tmp_path, database_url=url) as whole:
            await whole.reply_to("zoe", await whole.say("zoe", "Добрий день!"))
            await until_told(whole, "jobs", "ok")
            gone.close()
            answer = await whole.client.post("/api/v1/webchat/zoe/messages", json={"text": "anybody?"})
            assert answer.status_code == 503, "so that it is sent again"
            assert "createdb" in answer.json()["hint"]
            told = await until_told(whole, "database", "away")
            assert "DATABASE_URL" in told["reason"]
            assert (await whole.health())["status"] == "degraded"
    assert "Traceback" not in capsys.readouterr().out


async def test_with_a_silent_cache_the_bot_runs_on_and_says_so(tmp_path: Path) -> None:
    with a_server_that_says(None) as port:
        async with open_whole(tmp_path, redis_url=f"redis://user:hunter2@127.0.0.1:{port}/0") as whole:
            asked = await whole.say("zoe", "Добрий день!")
            assert (await whole.reply_to("zoe", asked))["text"]
            told = await until_told(whole, "cache", "away")
            assert "REDIS_URL" in told["reason"]
            assert "searched anew" in told["hint"]
            health = await whole.client.get("/healthz")
            assert health.json()["status"] == "degraded"
            assert "hunter2" not in health.text
            await whole.sign_in()
            page = (await whole.client.get("/desk/health")).text
            assert "REDIS_URL" in page
            assert "hunter2" not in page


async def test_a_vector_server_that_is_not_there_leaves_a_bot_that_answers(tmp_path: Path) -> None:
    async with open_whole(tmp_path, chroma_url="http://127.0.0.1:1") as whole:
        told = await until_told(whole, "index", "away")
        assert "CHROMA_URL" in told["reason"]
        asked = await whole.say("zoe", "Добрий день!")
        assert (await whole.reply_to("zoe", asked))["text"]

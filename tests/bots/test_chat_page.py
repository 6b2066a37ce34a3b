import re
from dataclasses import replace
from datetime import time
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from bots.webchat.page import build_page
from bots.webchat.page_words import WORDS
from core.domain.channel_texts import ChannelTexts, Tap
from core.domain.firm import Firm
from core.domain.vocabulary import LANGUAGES

FIRM = Firm(
    name="Kavomir <coffee>",
    languages=("uk", "ru", "en"),
    default_language="uk",
    region="UA",
    timezone="Europe/Kyiv",
    currency="UAH",
    on_duty={"mon": (time(9), time(18))},
    disclosure={"uk": "Я автоматичний помічник Kavomir.", "en": "I'm the automated assistant of Kavomir."},
    contacts={"phone": "+380 44 000 07 07"},
    policies=(),
    products=(),
    materials=(),
    version="1",
)


async def fetch(address: str = "/", accepted: str = "", firm: Firm = FIRM) -> httpx.Response:
    app = FastAPI()
    app.include_router(build_page(firm=lambda: firm))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        return await client.get(address, headers={"Accept-Language": accepted})


@pytest.mark.parametrize(
    ("accepted", "language", "words"),
    [
        ("en-GB,en", "en", "Write a message…"),
        ("ru-RU", "ru", "Напишите сообщение…"),
        ("uk", "uk", "Напишіть повідомлення…"),
        ("de-DE", "uk", "Напишіть повідомлення…"),
        ("", "uk", "Напишіть повідомлення…"),
    ],
)
async def test_the_page_speaks_the_browsers_language_else_the_firms(accepted: str, language: str, words: str) -> None:
    page = await fetch(accepted=accepted)
    assert f'<html lang="{language}">' in page.text
    assert words in page.text


async def test_the_page_says_that_a_bot_answers_before_anything_is_said() -> None:
    page = (await fetch(accepted="en")).text
    assert "Automated assistant" in page
    assert "I&#39;m the automated assistant of Kavomir." in page


@pytest.mark.parametrize(
    ("accepted", "starters"),
    [
        ("uk", ["Скільки коштують машини?", "Покличте людину"]),
        ("en", ["What are your prices?", "How long does delivery take?", "Call a person"]),
    ],
)
async def test_the_first_questions_are_the_firms_own_where_it_has_them(accepted: str, starters: list[str]) -> None:
    questions = (Tap({"uk": "Скільки коштують машини?"}), Tap({"uk": "Сайт"}, url="https://example.com"))
    page = await fetch(accepted=accepted, firm=replace(FIRM, channel_texts=ChannelTexts(questions=questions)))
    assert re.findall(r'<button type="button">([^<]+)<', page.text) == starters


async def test_the_firms_name_is_shown_never_run() -> None:
    assert "<h1>Kavomir &lt;coffee&gt;</h1>" in (await fetch()).text


async def test_without_scripts_the_page_says_where_to_write() -> None:
    assert "+380 44 000 07 07" in (await fetch()).text


async def test_everything_that_the_page_needs_is_there() -> None:
    page = await fetch()
    addresses = re.findall(r'(?:src|href)="(/chat/static/[^"]+)"', page.text)
    assert len(addresses) >= 3
    for address in addresses:
        assert (await fetch(address)).status_code == 200


def test_every_language_of_the_bot_has_the_same_words() -> None:
    assert set(WORDS) == set(LANGUAGES)
    assert len({frozenset(words) for words in WORDS.values()}) == 1


def test_the_script_never_writes_html() -> None:
    script = (Path(__file__).parents[2] / "bots/webchat/static/chat.js").read_text()
    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|eval\(", script)

"""What a seller's words bind us to, and by when: a table in three languages."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.domain.promises import PromiseKind, SaidPromise, find_promises, kept_by
from tests.core.domain.test_duty import firm, kyiv

MONDAY_NOON = kyiv("2026-11-23 12:00")


def read(text: str, at: datetime = MONDAY_NOON) -> list[SaidPromise]:
    return find_promises(text, at, firm())


@pytest.mark.parametrize(
    ("text", "kind", "due"),
    [
        ("Надішлю прайс завтра.", "price", "2026-11-24 18:00"),
        ("Перезвоню в 17:00", "call", "2026-11-23 17:00"),
        ("Передзвоню о п'ятій", "call", "2026-11-23 17:00"),
        ("Передзвоню о п’ятій", "call", "2026-11-23 17:00"),
        ("Я вам передзвоню завтра о 10:30", "call", "2026-11-24 10:30"),
        ("Зателефоную у середу після обіду", "call", "2026-11-25 18:00"),
        ("Менеджер зателефонує вам завтра вранці", "call", "2026-11-24 12:00"),
        ("Наберу вас о пів на шосту", "call", "2026-11-23 17:30"),
        ("Зв'яжусь із вами 2 грудня", "call", "2026-12-02 18:00"),
        ("Відповім за пів години", "answer", "2026-11-23 12:30"),
        ("Відповім через дві години", "answer", "2026-11-23 14:00"),
        ("Надішлю каталог протягом дня", "material", "2026-11-23 18:00"),
        ("Вишлю фото за кілька хвилин", "material", "2026-11-23 12:15"),
        ("Підготую комерційну пропозицію до четверга", "price", "2026-11-26 18:00"),
        ("Скину рахунок післязавтра до обіду", "price", "2026-11-25 13:00"),
        ("Привезу зразки 25.11 о 14:00", "task", "2026-11-25 14:00"),
        ("Доставимо замовлення завтра", "task", "2026-11-24 18:00"),
        ("Напишу вам наступного тижня", "answer", "2026-12-04 18:00"),
        ("Зателефоную завтра об 11", "call", "2026-11-24 11:00"),
        ("Позвоню вам в пять часов", "call", "2026-11-23 17:00"),
        ("Позвоню в половине шестого", "call", "2026-11-23 17:30"),
        ("Перезвоню завтра в 5 вечера", "call", "2026-11-24 17:00"),
        ("Пришлю расчёт до конца дня", "price", "2026-11-23 18:00"),
        ("Отвечу через два часа", "answer", "2026-11-23 14:00"),
        ("Сейчас скину ссылку", "material", "2026-11-23 13:00"),
        ("Уточню у коллег и отпишусь сегодня", "answer", "2026-11-23 18:00"),
        ("Свяжемся с вами в пятницу", "call", "2026-11-27 18:00"),
        ("Вышлем договор до конца недели", "material", "2026-11-27 18:00"),
        ("I'll get back to you within an hour", "answer", "2026-11-23 13:00"),
        ("I’ll call you at five tomorrow", "call", "2026-11-24 17:00"),
        ("We'll send the price list by Friday", "price", "2026-11-27 18:00"),
        ("I'll ring you at half past five", "call", "2026-11-23 17:30"),
        ("Let me check and get back to you tomorrow morning", "answer", "2026-11-24 12:00"),
        ("You'll have the quote on Wednesday", "price", "2026-11-25 18:00"),
        ("Our manager will call you at 3 pm", "call", "2026-11-23 15:00"),
        ("We will deliver it on 27 November", "task", "2026-11-27 18:00"),
        ("I'll send you the video in a few minutes", "material", "2026-11-23 12:15"),
    ],
)
def test_a_promise_is_found_with_its_time(text: str, kind: str, due: str) -> None:
    found = read(text)
    assert [(promise.kind, promise.due, promise.is_dated) for promise in found] == [(kind, kyiv(due), True)]


@pytest.mark.parametrize(
    "text",
    [
        "Можу надіслати прайс завтра",
        "Не зателефоную завтра, вибачте",
        "Зателефонувати вам завтра о 10?",
        "Якщо хочете, зателефоную завтра о 10",
        "Перезвоните нам завтра в 10",
        "Ви зателефонуєте нам завтра?",
        "Дякую, гарного дня!",
        "Будемо раді бачити вас завтра о 10",
        "Ми працюємо з 9:00 до 18:00.",
        "Уточню в колег.",
        "Сейчас проверю.",
        "you will call me tomorrow",
        "I won't be able to call tomorrow",
        "If you like, I'll call you tomorrow",
        "Shall I send you the price list tomorrow?",
        "I'll check.",
        "The price is 500 UAH until Friday.",
    ],
)
def test_what_binds_nobody_is_no_promise(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["Я вам передзвоню", "Пришлю прайс", "I will call you back"])
def test_without_a_time_it_falls_due_a_working_day_later(text: str) -> None:
    (promise,) = read(text)
    assert not promise.is_dated
    assert promise.due == kyiv("2026-11-24 11:00")


def test_each_sentence_is_read_by_itself_and_knows_where_it_stands() -> None:
    text = "Так, є в наявності. Надішлю рахунок сьогодні. А завтра о 10 зателефоную!"
    found = read(text)
    assert [promise.kind for promise in found] == ["price", "call"]
    assert [text[promise.start : promise.end] for promise in found] == [
        "Надішлю рахунок сьогодні.", "А завтра о 10 зателефоную!",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "text", "due"),
    [
        ("2026-11-23 17:30", "Перезвоню в 17:00", "2026-11-24 17:00"),  # already over today
        ("2026-11-23 20:00", "Надішлю прайс сьогодні", "2026-11-23 23:59"),  # after closing
        ("2026-11-27 17:30", "Надішлю прайс у понеділок", "2026-11-30 18:00"),
        ("2026-11-28 12:00", "Надішлю прайс завтра", "2026-11-29 18:00"),  # a Sunday, as promised
        ("2026-12-31 12:00", "Надішлю прайс завтра", "2027-01-01 18:00"),
    ],
)
def test_the_time_is_reckoned_from_when_it_was_said(at: str, text: str, due: str) -> None:
    assert [promise.due for promise in read(text, kyiv(at))] == [kyiv(due)]


@pytest.mark.parametrize(
    ("at", "text", "due"),
    [
        # The night in which clocks go forward, and the one in which they go back.
        ("2027-03-27 16:00", "Перезвоню завтра в 10:00", datetime(2027, 3, 28, 7, 0, tzinfo=UTC)),
        ("2027-03-26 16:00", "Перезвоню завтра в 10:00", datetime(2027, 3, 27, 8, 0, tzinfo=UTC)),
        ("2027-10-30 16:00", "I'll call you tomorrow at 10:00", datetime(2027, 10, 31, 8, 0, tzinfo=UTC)),
        ("2027-10-29 16:00", "Зателефоную завтра о 10:00", datetime(2027, 10, 30, 7, 0, tzinfo=UTC)),
        # An hour is an hour, whatever the wall says meanwhile.
        ("2027-03-28 02:30", "Відповім за годину", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    ],
)
def test_the_clock_on_the_wall_counts_when_clocks_are_changed(at: str, text: str, due: datetime) -> None:
    assert [promise.due for promise in read(text, kyiv(at))] == [due]


def test_the_firms_time_zone_counts_not_the_servers() -> None:
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # Tuesday already in Kyiv
    (promise,) = read("Надішлю прайс завтра", late)
    assert promise.due.astimezone(ZoneInfo("Europe/Kyiv")).isoformat() == "2026-11-25T18:00:00+02:00"


@pytest.mark.parametrize(
    ("text", "has_attachment", "kinds"),
    [
        ("Ось каталог: https://example.com/c.pdf", False, {"material", "price"}),
        ("Як і обіцяв", True, {"material", "price"}),
        ("Vento Home коштує 18 900 грн", False, {"price"}),
        ("Надішлю трохи пізніше", False, set()),
        ("Телефоную вам", False, set()),
    ],
)
def test_sending_keeps_what_was_to_be_sent_and_nothing_keeps_a_call(
    text: str, has_attachment: bool, kinds: set[str]
) -> None:
    assert kept_by(text, has_attachment=has_attachment) == {PromiseKind(kind) for kind in kinds}

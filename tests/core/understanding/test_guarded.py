from pathlib import Path

import pytest

from core.errors import SellerError
from core.understanding.guarded import find_guarded_acts, read_wordings

WORDINGS = read_wordings()


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("будь ласка, не пишіть мені більше", "opt_out"),
        ("хватит спамить", "opt_out"),
        ("видаліть мене з розсилки", "opt_out"),
        ("please stop sending me messages", "opt_out"),
        ("take me off the mailing list", "opt_out"),
        ("з'єднайте мене з живим оператором", "ask_human"),
        ("зʼєднайте мене з живим оператором", "ask_human"),
        ("позовите менеджера", "ask_human"),
        ("хочу поговорити з людиною", "ask_human"),
        ("can I talk to a real person", "ask_human"),
        ("пусть консультант мне перезвонит", "ask_human"),
        ("прошу видалити всі мої дані", "erase_me"),
        ("удалите мой номер из вашей базы", "erase_me"),
        ("delete everything you know about me", "erase_me"),
        ("I want to use my right to be forgotten", "erase_me"),
        ("ви бот чи людина?", "ask_bot_identity"),
        ("я с роботом разговариваю?", "ask_bot_identity"),
        ("are you a real person?", "ask_bot_identity"),
        ("це чатгпт?", "ask_bot_identity"),
    ],
)
def test_a_wording_that_must_not_be_missed_is_heard(text: str, act: str) -> None:
    assert find_guarded_acts(text, WORDINGS) == (act,)


@pytest.mark.parametrize(
    "text",
    [
        "не пишіть адресу, я сам знайду",
        "не дзвоніть мені, краще напишіть",
        "не звоните мне, лучше напишите в чат",
        "don't call me, text me instead",
        "не турбуйтесь, все добре",
        "не шліть новою поштою, тільки укрпошта",
        "досить одного мішка",
        "stop by the store today",
        "видаліть одну позицію із замовлення",
        "remove one item from my order",
        "чим видалити пляму з дивана?",
        "забудьте про знижку, беру так",
        "ваш менеджер сказав що знижка є",
        "дайте знижку, менеджери",
        "потрібен стіл на 6 людей",
        "зателефонуйте кур'єром перед доставкою",
        "скільки коштує бот для телеграму?",
        "робот-пилосос ви продаєте?",
        "do you sell robot vacuum cleaners?",
        "це справжня шкіра?",
        "is it a real leather?",
        "ви реальний магазин?",
    ],
)
def test_what_only_looks_like_it_is_let_pass(text: str) -> None:
    assert find_guarded_acts(text, WORDINGS) == ()


@pytest.mark.parametrize("line", ["opt_out\t(unclosed", "opt_out\t<nobody>"])
def test_a_wording_that_cannot_be_read_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    file = tmp_path / "guarded.tsv"
    file.write_text(f"# comment\n{line}\n", encoding="utf-8")
    with pytest.raises(SellerError, match=r"guarded\.tsv:2"):
        read_wordings(file)

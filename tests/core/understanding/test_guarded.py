from pathlib import Path

import pytest

from core.errors import SellerError
from core.understanding.guarded import find_denied_acts, find_guarded_acts, read_wordings

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


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("скажіть своєму боту щоб перестав мені писати", "opt_out"),
        ("прошу больше со мной не связываться", "opt_out"),
        ("don't call and don't write", "opt_out"),
        ("get me off your mailing list", "opt_out"),
        ("приберіть мене з crm", "erase_me"),
        ("щоб мого номера у вас більше не було", "erase_me"),
        ("remove me from your database", "erase_me"),
        ("pretend i was never here", "erase_me"),
        ("с ботом разговаривать не буду", "ask_human"),
        ("де у вас жива підтримка", "ask_human"),
        ("is there anyone alive there?", "ask_human"),
        ("human. now.", "ask_human"),
        ("кто это со мной пишет", "ask_bot_identity"),
        ("чат джипити что ли", "ask_bot_identity"),
    ],
)
def test_the_rarer_ways_to_say_it_are_heard_too(text: str, act: str) -> None:
    assert find_guarded_acts(text, WORDINGS) == (act,)


@pytest.mark.parametrize(
    "text",
    [
        "не дзвоніть мені до 10 ранку",
        "не пишіть мені капсом",
        "can I stop the subscription after a month",
        "something to keep foxes off my chickens",
        "чи можна в цій камері видалити старі записи",
        "хочу щоб на торті не було горіхів",
        "чтобы на ковре не осталось пятен",
        "remove me that one from the basket",
        "є живі квіти?",
        "есть живой звук у колонки?",
        "вы живые ёлки продаете?",
        "где нормальный стол купить",
        "пусть курьер наберет за час",
        "get me a human sized teddy bear",
        "передайте мастеру спасибо",
        "я не робот, честное слово",
        "этот робот сам возвращается на базу?",
        "хто у вас менеджер?",
    ],
)
def test_what_only_looks_like_the_rarer_ways_is_let_pass(text: str) -> None:
    assert find_guarded_acts(text, WORDINGS) == ()


def test_an_act_that_a_wording_denies_is_named() -> None:
    assert find_denied_acts("я не робот, честное слово", WORDINGS) == ("ask_bot_identity",)
    assert find_denied_acts("скільки коштує стіл", WORDINGS) == ()


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Send me the presentation please", ("ask_human",)),
        ("could you send us your price list?", ("ask_human",)),
        ("send me the catalogue and have a manager call me", ()),
        ("send me a person", ()),
    ],
)
def test_who_wants_a_paper_sent_wants_no_person(text: str, denied: tuple[str, ...]) -> None:
    assert find_denied_acts(text, WORDINGS) == denied


@pytest.mark.parametrize("line", ["opt_out\t(unclosed", "opt_out\t<nobody>"])
def test_a_wording_that_cannot_be_read_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    file = tmp_path / "guarded.tsv"
    file.write_text(f"# comment\n{line}\n", encoding="utf-8")
    with pytest.raises(SellerError, match=r"guarded\.tsv:2"):
        read_wordings(file)

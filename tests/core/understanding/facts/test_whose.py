"""Whose a phone or an address is when that is said in a roundabout way, each way in three lines of each language."""

import pytest

from core.understanding.facts.extract import find_facts
from tests.core.understanding.facts.contexts import context

OTHERS = (
    "дзвоніть моїй помічниці, не мені: Лариса, 067 311 22 44", "пишіть бухгалтерці замість мене: oblik@ukr.net",
    "не до мене, до Тараса телефонуйте 0503114455", "звоните помощнице, а не мне: Лариса, 067 311 22 44",
    "вместо меня пишите бухгалтеру: uchet@ukr.net", "не мне набирайте, Тарасу: 0503114455",
    "call Larysa instead of me, 067 311 22 44", "write to our bookkeeper, not to me: books@ukr.net",
    "rather than me, text Taras at 0503114455",
    "номер аптеки навпроти 0443112233", "у сусідньому кафе, через дорогу, 0443112233, у них спитайте",
    "охорона по сусідству 0443112233", "номер аптеки напротив 0443112233", "кафе через дорогу 0443112233",
    "0443112233 - спросите у них, есть ли ключ", "the bakery next door is 0443112233",
    "the cafe across the street, 0443112233", "0443112233, ask them for the key",
    "на shop@lampa.ua відповідають за хвилину", "на shop@lampa.ua мовчать", "shop@lampa.ua не працює",
    "на shop@lampa.ua отвечают сразу", "на shop@lampa.ua молчат третий день", "на shop@lampa.ua вообще отвечает робот",
    "shop@lampa.ua answers sooner than this chat", "shop@lampa.ua never replied", "shop@lampa.ua doesn't respond",
    "договір на legal@lampa.ua, а не мені", "счёт шлите на buh@lampa.ua, не мне",
    "send the contract to our lawyer at legal@lampa.ua, not to me",
    "I'll forward the spam from info@lampa.ua", "we will pay the invoice from billing@lampa.ua",
    "перешлю вам рахунок від buh@lampa.ua", "скину скрін листа від support@lampa.ua",
    "отправлю то что пришло от info@lampa.ua", "I will answer calls from 0671234567",
)  # fmt: skip

OWN = (
    "телефон дочки 0672223344, а мій 0501112233 - дочці не дзвоніть", "тел 0501112233 бабуся Марія",
    "зайнята, але не мені ж дзвонити: мій 0501112233", "номер сына 0672223344, мой 0501112233 - сыну не звоните",
    "тел. 8 050 111 22 33 дедушка Иван", "подарок не мне, но мой номер 0501112233",
    "my son's number is 0672223344 and mine is 0501112233 - my son sleeps late", "phone 0501112233 Grandma Anna",
    "the gift is not for me, my number is 0501112233",
)  # fmt: skip


@pytest.mark.parametrize("text", OTHERS)
def test_a_contact_of_somebody_else_is_left_out_however_it_is_said(text: str) -> None:
    assert {"phone", "email"}.isdisjoint(find_facts(text, context()))


@pytest.mark.parametrize("text", OWN)
def test_the_writers_own_number_is_kept_beside_that_of_another(text: str) -> None:
    assert find_facts(text, context())["phone"].value == "+380501112233"


@pytest.mark.parametrize(
    "text",
    ["пишіть на ira@ukr.net, відповідаю одразу", "на ira@ukr.net отвечаю быстро", "ira@ukr.net, I answer there daily"],
)
def test_an_address_that_the_writer_answers_is_the_writers(text: str) -> None:
    assert find_facts(text, context())["email"].value == "ira@ukr.net"


@pytest.mark.parametrize(
    "text",
    [
        "макет скину з пошти ira@ukr.net",
        "логотип вышлю с почты ira@ukr.net",
        "I'll send the logo from ira@ukr.net",
        "ira@ukr.net (не мені особисто, а на фірму)",
        "моя пошта ira@ukr.net, не мені, а чоловіку дзвоніть",
    ],
)
def test_an_address_that_the_writer_will_send_from_is_the_writers(text: str) -> None:
    assert find_facts(text, context())["email"].value == "ira@ukr.net"


@pytest.mark.parametrize("text", ["0732 119", "0501 112"])
def test_the_last_piece_of_a_phone_is_neither_a_sum_nor_a_count(text: str) -> None:
    rest = "840" if text.endswith("9") else "233"
    found = find_facts(rest, context("budget", "quantity", recent=text))
    assert set(found) == {"phone"}

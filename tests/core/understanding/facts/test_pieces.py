from core.understanding.facts import pieces
from tests.core.understanding.facts.contexts import context, last


def test_a_phone_in_pieces_is_put_together() -> None:
    assert last(pieces.find_phone("70", context(recent="мій номер 099\n412 56"))) == "+380994125670"


def test_an_address_in_pieces_is_put_together() -> None:
    assert last(pieces.find_email("@gmail.com", context(recent="пошту пришлю:\nbar.tochka"))) == "bar.tochka@gmail.com"


def test_other_digits_complete_nothing() -> None:
    assert pieces.find_phone("5", context(recent="мені 12")) == []
    assert pieces.find_phone("5 штук", context(recent="099 412 56")) == []
    assert pieces.find_email("@kate_k", context(recent="я тут")) == []

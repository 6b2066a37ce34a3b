import pytest

from core.domain.facts import FoundFact, Witness
from core.domain.ids import MessageId
from core.domain.turn import Action, Decision, Found
from core.engine.shelf import Shelf
from core.engine.shown import becomes_focus
from core.engine.speaker import Brief
from tests.core.engine.situations import build_firm, build_playbook, build_product, build_turn, understood

PRODUCT = build_product("K1", "24900")


@pytest.mark.parametrize(("budget", "becomes"), [(None, True), (20000, False), (30000, True)])
def test_a_page_about_a_product_beyond_the_budget_leaves_it_unchosen(budget: int | None, becomes: bool) -> None:
    firm, playbook = build_firm([PRODUCT]), build_playbook()
    told = FoundFact("budget", {"amount": budget, "currency": PRODUCT.currency}, Witness(MessageId(7), 0, 6))
    facts = () if budget is None else (told,)
    turn = build_turn("порадьте на подарунок", firm=firm, playbook=playbook)
    answer = Decision(Action.REPLY, "answer", "discovery", search=True)
    brief = Brief(turn, understood("ask_product", facts=facts), answer, playbook, None, Found())
    assert becomes_focus(brief, ("K1",), Shelf(firm.products)) is becomes

"""From a decision to a draft: approved texts filled by code, and answers quoted word for word."""

from collections.abc import Callable, Mapping, Sequence

from core.domain.firm import Material, Product
from core.domain.messages import Attachment, AttachmentKind, Button, OutboundMessage
from core.domain.turn import Action, Draft, Found, Turn
from core.engine.materials import pick_materials
from core.engine.openings import greet_once, needs_disclosure, open_reply
from core.engine.questions import asks_price, is_about_terms, is_of_us, means_price, only_names
from core.engine.speaker import Brief, Pieces, Speaker
from core.engine.totals import is_several, order_lines, order_sum, total_values
from core.engine.values import all_facts, build_values, list_order, product_line

__all__ = ["Brief", "TemplateComposer", "needs_disclosure"]

PRICE_LIST_LINES = 5
_SHOWS = ("price_list", "phrase.available", "phrase.price_list_intro")
_TOGETHER = {"uk": "разом", "ru": "итого", "en": "together"}
PRICES_WANTED = 0.15
"""Who asks for something else that costs money is not shown goods."""
SURELY_TOLD = 0.85
"""What the best page's score must be where a price is asked for, but hardly that of goods."""

Quote = Callable[[Found, str, str], tuple[str, Sequence[str]]]
"""(hits, question, language) -> the sentences that answer, word for word, and their sources."""

_KINDS = {"video": AttachmentKind.VIDEO, "pdf": AttachmentKind.FILE}
_FILES = {AttachmentKind.VIDEO: (".mp4", ".mov", ".webm", ".avi"), AttachmentKind.FILE: (".pdf",)}


class TemplateComposer:
    """Writes without any model: approved templates and extractive answers, still leading the sale."""

    def __init__(self, *, quote: Quote) -> None:
        self._quote = quote

    def compose(self, brief: Brief) -> tuple[Draft, bool]:
        """The draft, and whether what was asked is answered."""
        decision = brief.decision
        if decision.action is Action.WAIT and not decision.phrase:
            return Draft((), True), True
        values = build_values(brief.turn, brief.understood, brief.product, brief.picks, brief.playbook.audience)
        values |= _order_values(brief, values)
        if decision.doorway:
            values |= {"door": decision.doorway.title, "link": decision.doorway.url}
        say = Speaker(brief, values)
        pieces = self._main(brief, say, open_reply(brief, say))
        for move in (decision.follow_move, *decision.also):
            if move == "recommend" and any(key.startswith(_SHOWS) for key in pieces.used):
                continue  # the same products would be shown twice
            if move and not pieces.asks:
                pieces = _move(say, pieces, _unrepeated(move, pieces, brief), brief)
        pieces = greet_once(brief, pieces)
        text = "\n\n".join(pieces.texts)
        message = OutboundMessage(text, _buttons(brief), _attachments(brief, text))
        return Draft((message,) if text else (), True, pieces.sources, used=pieces.used), pieces.answered

    def compose_unknown(self, brief: Brief) -> tuple[Draft, bool]:
        """The honest way out when nothing of a draft may leave."""
        say = Speaker(brief, build_values(brief.turn, brief.understood, brief.product))
        pieces = say.phrase(Pieces(), "no_answer")
        return Draft(tuple(OutboundMessage(text) for text in pieces.texts), True, used=pieces.used), False

    def _main(self, brief: Brief, say: Speaker, pieces: Pieces) -> Pieces:
        decision = brief.decision
        if decision.phrase:
            return say.phrase(pieces, decision.phrase)
        if decision.objection:
            objection = brief.playbook.find_objection(decision.objection)
            answers = objection.answers if objection else {}
            return pieces.plus(say.choose(answers, f"objection.{decision.objection}"))
        if decision.search:
            return self._answer(brief, say, pieces)
        return _move(say, pieces, decision.move, brief)

    def _answer(self, brief: Brief, say: Speaker, pieces: Pieces) -> Pieces:
        """Everything that was asked: the price from the catalogue, the rest from the firm's pages."""
        text = brief.turn.text
        is_priced = "ask_price" in brief.understood.acts and means_price(text)
        is_of_goods = is_priced and not is_about_terms(text) and not _asks_something_else(text, brief.found)
        is_named = brief.understood.sku is not None and (is_of_goods or not brief.found.enough)
        if brief.asked_for and is_of_goods:
            return say.phrase(pieces, "price_list_intro").plus((_price_list(brief, brief.asked_for), "price_list"))
        if is_priced and brief.product and (is_named or not brief.found.enough):
            return self._further(brief, _price(brief.product, brief.turn, say, pieces))
        if brief.found.enough:
            text, sources = self._quote(brief.found, brief.question or brief.turn.text, brief.understood.language)
            if text:
                said = self._further(brief, pieces.quoting(text, sources))
                return say.phrase(said, "offer_person") if "return" in brief.understood.wishes else said
        if is_of_goods and (brief.picks or _may_be_after_prices(brief.found)):
            listed = _price_list(brief, brief.picks)
            if listed:
                return say.phrase(pieces, "price_list_intro").plus((listed, "price_list"))
        if brief.product and "ask_product" in brief.understood.acts and only_names(brief.turn.text, brief.product):
            return _price(brief.product, brief.turn, say, pieces)
        is_wish = brief.understood.act == "ask_partnership" and brief.decision.follow_move
        if is_wish and not (brief.found.is_near and "?" in text):
            return pieces  # the partners' playbook takes it up
        return self._nearest(brief, say, pieces) or say.phrase(pieces, _excuse(brief)).unanswered()

    def _nearest(self, brief: Brief, say: Speaker, pieces: Pieces) -> Pieces | None:
        """What comes nearest to an answer, and the plain word that it may be none."""
        if not brief.found.is_near or _excuse(brief) not in ("no_answer", "off_topic"):
            return None
        text, sources = self._quote(brief.found.nearest, brief.question or brief.turn.text, brief.understood.language)
        if not text:
            return None
        return say.phrase(say.phrase(pieces, "nearest").quoting(text, sources), "nearest_person").unanswered()

    def _further(self, brief: Brief, pieces: Pieces) -> Pieces:
        for question, found in brief.more:
            text, sources = self._quote(found, question, brief.understood.language) if found.enough else ("", ())
            if text and text not in pieces.texts:
                pieces = pieces.quoting(text, sources)
        return pieces


def _order_values(brief: Brief, values: Mapping[str, str]) -> dict[str, str]:
    """Lines and sums of what was picked; a count that was told of another product is none of this one."""
    language, order = brief.understood.language, brief.order
    own = next((item for item in brief.understood.basket if brief.product and item.sku == brief.product.sku), None)
    found = total_values(order, language)
    if own is not None and "quantity" in values:
        found["quantity"] = str(own.quantity) if own.quantity else ""
    if is_several(order) and not order.unpriced:
        facts = {**all_facts(brief.turn, brief.understood)}
        picked = [order_lines(order, language)]
        if len(order.rows) > 1:
            picked.append(f"{_TOGETHER.get(language, _TOGETHER['en'])} {order_sum(order, language)}")
        found["recap"] = list_order(facts, None, brief.turn, language, picked="; ".join(picked))
    return found


def _move(say: Speaker, pieces: Pieces, move_id: str, brief: Brief) -> Pieces:
    """With what it promises comes when people are there to keep it."""
    if move_id == "offer" and is_several(brief.order) and brief.playbook.find_move("ask_commitment"):
        pieces, move_id = say.phrase(pieces, "total_unknown" if brief.order.unpriced else "total"), "ask_commitment"
        if pieces.asks:
            return pieces
    move, pieces = brief.playbook.find_move(move_id), say.move(pieces, move_id)
    is_peoples = move is not None and move.promises is not None and move.promises.move is None
    return say.phrase(pieces, "promise_off_duty") if is_peoples and say.knows("back") else pieces


def _unrepeated(move: str, pieces: Pieces, brief: Brief) -> str:
    """An offer right after its own price would say the price twice: only its question is left."""
    told = any(key.startswith(("phrase.price:", "phrase.in_stock:", "phrase.total")) for key in pieces.used)
    return "ask_commitment" if move == "offer" and told and brief.playbook.find_move("ask_commitment") else move


def _asks_something_else(text: str, found: Found) -> bool:
    """ "How long does a massage take?", "what do you charge for cutting it?": the pages say it."""
    if not found.enough or _may_be_after_prices(found):
        return False
    return not asks_price(text) or found.hits[0].score >= SURELY_TOLD


def _may_be_after_prices(found: Found) -> bool:
    return found.of_prices is None or found.of_prices >= PRICES_WANTED


def _excuse(brief: Brief) -> str:
    """What is said when there is no answer: never the same helplessness twice."""
    if brief.understood.act != "other":
        return "no_answer"
    if brief.turn.conversation.memory.stuck or "return" in brief.turn.conversation.memory.told:
        return "offer_person"
    if "?" not in brief.turn.text:
        return "unclear"
    return "no_answer" if is_of_us(brief.turn.text) else "off_topic"


def _price(product: Product, turn: Turn, say: Speaker, pieces: Pieces) -> Pieces:
    if not product.is_priced_on(turn.firm.today(turn.now)):
        return say.phrase(pieces, "price_unknown")
    pieces = say.phrase(pieces, "price")
    return say.phrase(pieces, "out_of_stock") if product.in_stock == 0 else pieces


def _price_list(brief: Brief, picks: Sequence[Product]) -> str:
    """A few catalogue lines when no product was named: those that fit what is wanted, else the first ones."""
    turn, today = brief.turn, brief.turn.firm.today(brief.turn.now)
    shown = picks or [p for p in turn.firm.products if p.is_priced_on(today) and p.in_stock != 0]
    lines = [product_line(product, turn, brief.understood.language) for product in shown[:PRICE_LIST_LINES]]
    return "\n".join(f"• {line}" for line in lines)


def _buttons(brief: Brief) -> tuple[Button, ...]:
    if brief.decision.asks != "phone":
        return ()
    title = {"uk": "Надіслати мій номер", "ru": "Отправить мой номер"}.get(brief.understood.language, "Share my number")
    return (Button(title, contact=True),)


def _attachments(brief: Brief, text: str) -> tuple[Attachment, ...]:
    """Files, which a channel that can shows as such; and links that the text does not hold already."""
    if "send_material" not in (brief.decision.move, brief.decision.follow_move):
        return ()
    turn, audience = brief.turn, brief.playbook.audience
    wanted = pick_materials(turn.firm, brief.understood.language, audience, turn.text)
    attached = (Attachment(_kind(material), url=material.url, title=material.title) for material in wanted)
    return tuple(item for item in attached if item.kind is not AttachmentKind.LINK or str(item.url) not in text)


def _kind(material: Material) -> AttachmentKind:
    """A page about a video is no video: only an address that ends in a file's name is sent as a file."""
    path = material.url.partition("?")[0].lower()
    kind = _KINDS.get(material.kind, AttachmentKind.LINK)
    return kind if path.endswith(_FILES.get(kind, ())) else AttachmentKind.LINK

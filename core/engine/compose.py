"""From a decision to a draft: approved texts filled by code, and answers quoted word for word."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.firm import Product
from core.domain.messages import Attachment, AttachmentKind, Button, OutboundMessage
from core.domain.playbook import Playbook, Templates
from core.domain.turn import Action, Decision, Draft, Found, Turn, Understood
from core.engine.texts import choose
from core.engine.values import build_values, pick_materials

DISCLOSE_AGAIN = timedelta(hours=24)
"""After a gap this long the bot says again that it is one."""

PRICE_LIST_LINES = 5

Quote = Callable[[Found, str, str], tuple[str, Sequence[str]]]
"""(hits, question, language) -> the sentences that answer, word for word, and their sources."""

_KINDS = {"video": AttachmentKind.VIDEO, "pdf": AttachmentKind.FILE}


@dataclass(frozen=True, slots=True)
class Pieces:
    """The parts of one reply, in the order in which they are read."""

    texts: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    answered: bool = True
    """False when a question was asked and the firm's knowledge has no answer."""

    def plus(self, chosen: tuple[str, str] | None) -> "Pieces":
        if chosen is None:
            return self
        return Pieces((*self.texts, chosen[0]), (*self.used, chosen[1]), self.sources, self.answered)


@dataclass(frozen=True, slots=True)
class Brief:
    """All that a composer may use."""

    turn: Turn
    understood: Understood
    decision: Decision
    playbook: Playbook
    product: Product | None
    found: Found


class TemplateComposer:
    """Writes without any model: approved templates and extractive answers, still leading the sale."""

    def __init__(self, *, quote: Quote) -> None:
        self._quote = quote

    def compose(self, brief: Brief) -> tuple[Draft, bool]:
        """The draft, and whether what was asked is answered."""
        if brief.decision.action is Action.WAIT and not brief.decision.phrase:
            return Draft((), True), True
        values = build_values(brief.turn, brief.understood, brief.product)
        say = _Speaker(brief, values)
        pieces = say.disclosure() if needs_disclosure(brief.turn, brief.decision) else Pieces()
        pieces = self._main(brief, say, pieces)
        if brief.decision.follow_move and not any("?" in text for text in pieces.texts):
            pieces = say.move(pieces, brief.decision.follow_move)
        text = "\n\n".join(pieces.texts)
        message = OutboundMessage(text, _buttons(brief), _attachments(brief))
        return Draft((message,) if text else (), True, pieces.sources, used=pieces.used), pieces.answered

    def compose_unknown(self, brief: Brief) -> tuple[Draft, bool]:
        """The honest way out when nothing of a draft may leave."""
        say = _Speaker(brief, build_values(brief.turn, brief.understood, brief.product))
        pieces = say.phrase(Pieces(), "no_answer")
        return Draft(tuple(OutboundMessage(text) for text in pieces.texts), True, used=pieces.used), False

    def _main(self, brief: Brief, say: "_Speaker", pieces: Pieces) -> Pieces:
        decision = brief.decision
        if decision.phrase:
            return say.phrase(pieces, decision.phrase)
        if decision.objection:
            objection = brief.playbook.find_objection(decision.objection)
            answers = objection.answers if objection else {}
            return pieces.plus(say.choose(answers, f"objection.{decision.objection}"))
        if decision.search:
            return self._answer(brief, say, pieces)
        return say.move(pieces, decision.move)

    def _answer(self, brief: Brief, say: "_Speaker", pieces: Pieces) -> Pieces:
        asks_price = "ask_price" in brief.understood.acts
        is_named = brief.understood.sku is not None
        if asks_price and brief.product and (is_named or not brief.found.enough):
            return _price(brief.product, brief.turn, say, pieces)
        if brief.found.enough:
            text, sources = self._quote(brief.found, brief.turn.text, brief.understood.language)
            if text:
                said = Pieces((*pieces.texts, text), pieces.used, tuple(sources), True)
                return said
        if asks_price:
            listed = _price_list(brief, say)
            if listed:
                return say.phrase(pieces, "price_list_intro").plus((listed, "price_list"))
        if brief.product and "ask_product" in brief.understood.acts:
            return _price(brief.product, brief.turn, say, pieces)
        if brief.understood.act == "ask_partnership" and brief.decision.follow_move:
            return pieces  # a wish rather than a question: the partners' playbook takes it up
        key = "no_answer" if brief.understood.act != "other" else "unclear"
        if brief.turn.conversation.memory.stuck + 1 >= 2 and key == "unclear":
            key = "offer_person"
        said = say.phrase(pieces, key)
        return Pieces(said.texts, said.used, said.sources, answered=False)


class _Speaker:
    """Chooses texts in the turn's language and notes which ones were used."""

    def __init__(self, brief: Brief, values: dict[str, str]) -> None:
        self._brief = brief
        self._values = values

    def choose(self, templates: Templates, key: str) -> tuple[str, str] | None:
        used = self._brief.turn.conversation.memory.used
        for language in (self._brief.understood.language, self._brief.turn.firm.default_language):
            chosen = choose(templates, language, self._values, key=key, used=used)
            if chosen:
                return chosen
        return None

    def disclosure(self) -> Pieces:
        """The firm's own words for it, else the playbook's."""
        own = self._brief.turn.firm.disclosure.get(self._brief.understood.language)
        return Pieces((own,)) if own else self.phrase(Pieces(), "disclosure")

    def phrase(self, pieces: Pieces, key: str) -> Pieces:
        return pieces.plus(self.choose(self._brief.playbook.phrases.get(key, {}), f"phrase.{key}"))

    def move(self, pieces: Pieces, move_id: str) -> Pieces:
        move = self._brief.playbook.find_move(move_id)
        return pieces.plus(self.choose(move.templates, f"move.{move_id}")) if move else pieces


def needs_disclosure(turn: Turn, decision: Decision) -> bool:
    """At first contact, and again after a long gap."""
    if decision.phrase in ("bot_identity", "opted_out", "waiting"):
        return False
    said = turn.conversation.memory.disclosed_at
    return said is None or turn.now - datetime.fromisoformat(said) > DISCLOSE_AGAIN


def _price(product: Product, turn: Turn, say: _Speaker, pieces: Pieces) -> Pieces:
    if not product.is_priced_on(turn.firm.today(turn.now)):
        return say.phrase(pieces, "price_unknown")
    pieces = say.phrase(pieces, "price")
    return say.phrase(pieces, "out_of_stock") if product.in_stock == 0 else pieces


def _price_list(brief: Brief, say: _Speaker) -> str:
    """A few catalogue lines when no product was named."""
    today = brief.turn.firm.today(brief.turn.now)
    lines: list[str] = []
    for product in brief.turn.firm.products:
        if product.is_priced_on(today) and product.in_stock != 0 and len(lines) < PRICE_LIST_LINES:
            values = build_values(brief.turn, brief.understood, product)
            lines.append(f"• {values['product']}: {values['price']} / {values.get('unit', '')}".rstrip(" /"))
    return "\n".join(lines)


def _buttons(brief: Brief) -> tuple[Button, ...]:
    if brief.decision.asks != "phone":
        return ()
    title = {"uk": "Надіслати мій номер", "ru": "Отправить мой номер"}.get(brief.understood.language, "Share my number")
    return (Button(title, contact=True),)


def _attachments(brief: Brief) -> tuple[Attachment, ...]:
    if brief.decision.move != "send_material":
        return ()
    return tuple(
        Attachment(_KINDS.get(material.kind, AttachmentKind.LINK), url=material.url, title=material.title)
        for material in pick_materials(brief.turn.firm, brief.understood.language)
    )

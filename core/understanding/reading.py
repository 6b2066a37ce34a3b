"""What can be read off a message before any model is asked: commands, buttons, known phrases, contact cards."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.channel_texts import SAY, ChannelTexts
from core.domain.facts import FoundFact, Witness
from core.domain.messages import AttachmentKind, InboundKind
from core.domain.turn import TurnMessage
from core.domain.vocabulary import ACTS, FACT_NAMES
from core.understanding.facts.phone import to_e164
from core.understanding.phrases import find_known_acts
from core.understanding.text import READ_CHARACTERS

_WRITTEN = frozenset({InboundKind.TEXT, InboundKind.MEDIA, InboundKind.EDIT, InboundKind.COMMENT})


@dataclass(frozen=True, slots=True)
class Reading:
    """`acts` are certain. `text` is what is left to understand, empty when nothing is."""

    message: TurnMessage
    acts: tuple[str, ...] = ()
    facts: tuple[FoundFact, ...] = ()
    text: str = ""

    @property
    def is_written(self) -> bool:
        """The person's own words, or ready ones that stand for them, not a button's title or a command."""
        return self.message.kind in _WRITTEN or (self.message.payload or "").startswith(SAY)


def read_message(
    message: TurnMessage, phrases: Mapping[str, str], *, region: str, texts: ChannelTexts | None = None
) -> Reading:
    """Follow-ups and notices of the platform say nothing."""
    if message.kind is InboundKind.COMMAND:
        return _read_command(message, phrases, texts or ChannelTexts())
    if message.kind is InboundKind.BUTTON:
        return _read_button(message, phrases)
    if message.kind not in _WRITTEN:
        return Reading(message)
    facts = _read_contact_cards(message, region)
    certain = ("give_contact",) if facts else ()
    text = message.text[:READ_CHARACTERS]
    acts = find_known_acts(text, phrases)
    if acts is not None:
        return Reading(message, acts=(*certain, *acts), facts=facts)
    return Reading(message, acts=certain, facts=facts, text=text)


def _command(text: str) -> str:
    """ "/stop@our_bot now" is "/stop"."""
    words = text.split()
    return words[0].split("@")[0].lower() if words else ""


def _read_command(message: TurnMessage, phrases: Mapping[str, str], texts: ChannelTexts) -> Reading:
    """The firm's own commands say what their line in the menu says."""
    name = _command(message.text)
    if name in phrases:
        return Reading(message, acts=(phrases[name],))
    tap = texts.find_command(name.removeprefix("/"))
    if tap is None:
        return Reading(message)
    return Reading(message, acts=(tap.act,)) if tap.act else Reading(message, text=texts.pick(tap.title))


def _read_button(message: TurnMessage, phrases: Mapping[str, str]) -> Reading:
    """A button's data may be "act:NAME", "fact:NAME=VALUE", or "say:" where its title is read as if it were typed; of
    another button the title may be a known phrase."""
    kind, _, rest = (message.payload or "").partition(":")
    if (message.payload or "").startswith(SAY):
        text = (rest or message.text)[:READ_CHARACTERS]
        acts = find_known_acts(text, phrases)
        return Reading(message, acts=acts) if acts else Reading(message, text=text)
    if kind == "act" and rest in ACTS:
        return Reading(message, acts=(rest,))
    name, _, value = rest.partition("=")
    if kind == "fact" and name in FACT_NAMES and value:
        fact = FoundFact(name, int(value) if value.isdigit() else value, _whole(message))
        return Reading(message, acts=("state_need",), facts=(fact,))
    return Reading(message, acts=find_known_acts(message.text or message.payload or "", phrases) or ())


def _read_contact_cards(message: TurnMessage, region: str) -> tuple[FoundFact, ...]:
    """Only a card that the platform proves to be the sender's own gives their phone."""
    cards = (
        card for card in message.attachments if card.kind is AttachmentKind.CONTACT and card.trusted and card.phone
    )
    numbers = (to_e164(card.phone or "", region) for card in cards)
    return tuple(FoundFact("phone", number, _whole(message)) for number in numbers if number)


def _whole(message: TurnMessage) -> Witness:
    return Witness(message.id, 0, len(message.text))

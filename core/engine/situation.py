"""What a playbook's guards are asked about, gathered from the turn."""

from core.domain.playbook import Playbook
from core.domain.situation import Situation
from core.domain.turn import Turn, Understood


def build_situation(turn: Turn, understood: Understood) -> Situation:
    known = set(turn.facts) | {fact.name for fact in understood.facts}
    if focus(turn, understood):
        known.add("product")
    conversation = turn.conversation
    return Situation(
        stage=conversation.stage,
        acts=frozenset(understood.acts),
        known=frozenset(known),
        done=frozenset(conversation.memory.done),
        role=role(turn, understood),
        channel=conversation.channel,
        language=understood.language,
        turns=conversation.memory.turns,
        stuck=conversation.memory.stuck,
        on_duty=turn.firm.is_on_duty(turn.now),
    )


def focus(turn: Turn, understood: Understood) -> str | None:
    """The product under discussion: the one just named, else the one named before."""
    return understood.sku or turn.conversation.memory.focus


def role(turn: Turn, understood: Understood) -> str:
    """buyer, partner, or nothing yet."""
    said = next((fact.value for fact in reversed(understood.facts) if fact.name == "role"), None)
    if said is None and "role" in turn.facts:
        said = turn.facts["role"].value
    if said is None and "ask_partnership" in understood.acts:
        said = "partner"
    return str(said) if said else turn.conversation.role


def choose_playbook(turn: Turn, role: str) -> Playbook:
    """A person who turns out to be of another audience goes on with that audience's newest playbook."""
    audience = {"partner": "partners", "buyer": "buyers"}.get(role, turn.playbook.audience)
    if audience == turn.playbook.audience:
        return turn.playbook
    return turn.playbooks.get(audience, turn.playbook)

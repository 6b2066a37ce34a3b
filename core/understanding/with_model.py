"""Understanding with a language model: one structured question, and nothing of the answer that cannot be proved."""

import asyncio
from dataclasses import replace

import structlog

from core.domain.allowance import UNDERSTANDING
from core.domain.facts import FoundFact
from core.domain.turn import Turn, Understood
from core.domain.vocabulary import PRECEDENCE, first_act
from core.ports import Completion, LanguageModel, LanguageModelFailed, Understanding
from core.understanding.acts import PROVEN_BY
from core.understanding.facts.span import Context
from core.understanding.model_prompt import build_prompt
from core.understanding.model_reply import Read, prove_facts, prove_query, read_reply

log = structlog.get_logger()

CERTAIN = 1.0
"""Buttons, commands, known phrases: no model knows better."""
SURE = 0.75
"""Above this the local reading's first act stays, and the model only adds acts of lower rank."""
UNSURE = 0.5
"""Below this a risky act may come from the model alone."""
_LEAST_S = 0.3
_SHARE = 0.4
"""Of the seconds that the turn has left; the wording needs the rest."""
_RISKY = frozenset({"opt_out", "erase_me", "ask_human"})
"""A mistaken one silences the bot, erases a person or calls one."""


class ModelUnderstanding:
    """Implements Understanding: the local reading, bettered by `model` where it can be proved.

    A model that fails, is late or answers nonsense costs time and nothing else. At most one call a turn.
    """

    def __init__(
        self, *, local: Understanding, model: LanguageModel, timeout_s: float = 4.0, ask_below: float = CERTAIN
    ) -> None:
        """`ask_below`: a local reading that is surer of its act costs no call."""
        self._local = local
        self._ask_below = ask_below
        self._model = model
        self._timeout_s = timeout_s

    async def understand(self, turn: Turn) -> Understood:
        local = await self._local.understand(turn)
        if local.probability >= self._ask_below or not _is_worth_asking(turn, local):
            return local
        completion = await self._ask(turn, local)
        read = read_reply(completion.text) if completion else None
        if completion is None or read is None:
            return local
        return replace(merge(local, read, turn), model=completion.model, tokens=local.tokens + completion.tokens)

    async def _ask(self, turn: Turn, local: Understood) -> Completion | None:
        limit = min(self._timeout_s, turn.allowance.seconds_left * _SHARE)
        if limit < _LEAST_S or not turn.allowance.may_ask(UNDERSTANDING):
            return None
        try:
            async with asyncio.timeout(limit):
                return await self._model.complete(build_prompt(turn, local.language))
        except (LanguageModelFailed, TimeoutError) as error:
            log.warning("understanding.model_failed", reason=str(error) or "late")
            return None


def merge(local: Understood, read: Read, turn: Turn) -> Understood:
    """Local facts and the language stay; the model adds what it can prove, and its acts where the local ones are
    unsure."""
    texts = [message.text for message in turn.messages if message.text.strip()]
    acts = _merge_acts(local, read.acts)
    first = first_act(acts)
    talk = [*texts, *(line.text for line in turn.history)]
    query = prove_query(read.query, talk)
    return replace(
        local,
        act=first,
        acts=acts,
        probability=local.probability if first == local.act else SURE,
        facts=(*local.facts, *_added_facts(local, read, turn)),
        query=query or local.query,
    )


def _is_worth_asking(turn: Turn, local: Understood) -> bool:
    return local.probability < CERTAIN and local.act not in _RISKY and any(m.text.strip() for m in turn.messages)


def _merge_acts(local: Understood, said: tuple[str, ...]) -> tuple[str, ...]:
    """What facts prove stays; a risky act needs a local reading that knows next to nothing."""
    is_lost = local.act == "other" or local.probability < UNSURE
    useful = [act for act in said if act != "other" and (is_lost or act not in _RISKY)]
    if local.act != "other" and local.probability >= SURE:
        return tuple(dict.fromkeys((*local.acts, *(act for act in useful if _rank(act) >= _rank(local.act)))))
    proved = [PROVEN_BY[fact.name] for fact in local.facts if fact.name in PROVEN_BY]
    return tuple(dict.fromkeys((*useful, *proved))) if useful else local.acts


def _rank(act: str) -> int:
    return next((rank for rank, group in enumerate(PRECEDENCE) if act in group), len(PRECEDENCE))


def _added_facts(local: Understood, read: Read, turn: Turn) -> list[FoundFact]:
    """One of each name that the local reading has not found; the last stands."""
    context = Context(
        today=turn.firm.today(turn.now),
        language=local.language,
        region=turn.firm.region,
        currency=turn.firm.currency,
    )
    found = {fact.name for fact in local.facts}
    proved = {fact.name: fact for fact in prove_facts(read, turn.messages, context) if fact.name not in found}
    return list(proved.values())

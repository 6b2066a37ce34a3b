"""One lesson: all questions about one firm against its sections and their sentences, and how wrong the network is."""

from collections.abc import Sequence
from typing import Any, Final

import torch

from benchmarks.adapter.material import FAR, IDLE, NEAR, Material, Others, Question, Text

NEAR_WEIGHT: Final = 0.8
"""Of a question that sounds near to a section and has no answer."""
FAR_WEIGHT: Final = 0.25
"""Of a question about another trade."""
IDLE_WEIGHT: Final = 0.35
"""Of a message of no trade at all."""
CHOICE_WEIGHT: Final = 0.5
"""Of choosing the sentence within the right section."""

_IMPOSSIBLE: Final = -1e9
_AT_ONCE: Final = 40


def loss(network: Any, material: Material, others: Others, least: Any, sharpness: Any) -> Any:
    """The right section and the right sentence must be nearer than all others and than `least`; what has no answer
    must stay below that."""
    questions, texts = [*material.questions, *others.draw()], material.draw()
    near = _embed(network, [question.tokens for question in questions]) @ _embed(network, [t.tokens for t in texts]).T
    chances = torch.cat([near, least.expand(len(questions), 1)], 1) * sharpness.exp()
    section = torch.tensor([question.section for question in questions])
    there = section[:, None] == torch.tensor([text.section for text in texts])[None]
    right = _compare(questions, texts, lambda question, text: text.answers(question))
    same = _compare(questions, texts, lambda question, text: question.language == text.language)
    is_part = torch.tensor([text.place is not None for text in texts])[None]
    return (
        _misses(chances, right, there & ~right, same, section)
        + _wrong_sentences(chances[:, :-1], right & is_part, there & is_part)
        + _false_answers(chances, section)
    )


def _misses(chances: Any, right: Any, neither: Any, same: Any, section: Any) -> Any:
    """Among all texts, and once more among those of the question's own language. `neither`: other sentences of the
    right section may belong to the answer or not."""
    answered = section >= 0
    own = right & same
    at_home = answered & own.any(1)
    found, none = chances[:, :-1].masked_fill(neither, _IMPOSSIBLE), chances[:, -1:]
    anywhere = torch.cat([found, none], 1).logsumexp(1) - found.masked_fill(~right, _IMPOSSIBLE).logsumexp(1)
    among = torch.cat([found.masked_fill(~same, _IMPOSSIBLE), none], 1).logsumexp(1)
    alike = among - found.masked_fill(~own, _IMPOSSIBLE).logsumexp(1)
    return anywhere[answered].mean() + alike[at_home].mean()


def _wrong_sentences(found: Any, right: Any, among: Any) -> Any:
    known = right.any(1)
    spread = found.masked_fill(~among, _IMPOSSIBLE).logsumexp(1) - found.masked_fill(~right, _IMPOSSIBLE).logsumexp(1)
    return CHOICE_WEIGHT * spread[known].mean()


def _false_answers(chances: Any, section: Any) -> Any:
    surprise = chances.logsumexp(1) - chances[:, -1]
    weights = {NEAR: NEAR_WEIGHT, FAR: FAR_WEIGHT, IDLE: IDLE_WEIGHT}
    parts = [weight * surprise[section == kind].mean() for kind, weight in weights.items() if (section == kind).any()]
    return sum(parts, torch.tensor(0.0))


def _compare(questions: Sequence[Question], texts: Sequence[Text], is_so: Any) -> Any:
    return torch.tensor([[is_so(question, text) for text in texts] for question in questions])


def _embed(network: Any, texts: Sequence[Sequence[int]]) -> Any:
    """Texts of like length together, which wastes little on padding; rows in the order of the texts."""
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    parts = [order[at : at + _AT_ONCE] for at in range(0, len(order), _AT_ONCE)]
    rows = torch.cat([network([texts[n] for n in part]) for part in parts])
    return rows[torch.argsort(torch.tensor(order))]

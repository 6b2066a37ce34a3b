"""Why the bot said what it said, for people who are no engineers: small, without personal text."""

from typing import Any

from core.domain.turn import Draft, Hit, Reviewed
from core.engine.compose import Brief

SHOWN_HITS = 3


def build_trace(brief: Brief, draft: Draft, reviewed: Reviewed) -> dict[str, Any]:
    understood, decision = brief.understood, brief.decision
    trace: dict[str, Any] = {
        "acts": list(understood.acts),
        "probability": round(understood.probability, 2),
        "language": understood.language,
        "facts": sorted(fact.name for fact in understood.facts),
        "rules": list(decision.rules),
        "move": decision.move,
        "follow_move": decision.follow_move,
        "asks": decision.asks,
        "phrase": decision.phrase,
        "objection": decision.objection,
        "reason": decision.reason,
        "product": brief.product.sku if brief.product else None,
        "playbook": f"{brief.playbook.audience} {brief.playbook.version}",
        "firm_version": brief.turn.firm.version[:12],
        "model": draft.model,
        "understood_by": understood.model,
    }
    further = [found for _, found in brief.more]
    if decision.search:
        trace["search"] = {
            "enough": brief.found.enough,
            "cutoff": round(brief.found.cutoff, 3),
            "hits": [_hit(hit) for found in (brief.found, *further) for hit in found.hits[:SHOWN_HITS]],
        }
    if reviewed.blocked:
        trace["blocked"] = [
            {"rule": item.rule, "sentence": item.sentence, "source": item.source, "version": item.version[:12]}
            for item in reviewed.blocked
        ]
    return {name: value for name, value in trace.items() if value not in (None, [], "")}


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "source": hit.passage.source,
        "heading": hit.passage.heading,
        "score": round(hit.score, 3),
        "ranks": dict(hit.ranks),
    }

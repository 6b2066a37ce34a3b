"""How warm a lead is, 0 to 100, with the reasons: a sum that a sales lead can redo by hand."""

from collections.abc import Collection

_FACT_POINTS = {
    "phone": 20, "email": 10, "name": 5, "need": 10, "product": 10, "budget": 15, "quantity": 5, "deadline": 10,
    "city": 5, "company": 5,
}  # fmt: skip
_STAGE_POINTS = {"presentation": 5, "objections": 5, "closing": 15, "won": 100}


def score_lead(known: Collection[str], stage: str) -> tuple[int, tuple[str, ...]]:
    """(score, reasons such as `phone +20`)."""
    if stage == "lost":
        return 0, ("lost 0",)
    reasons = [f"{name} +{points}" for name, points in _FACT_POINTS.items() if name in known]
    if stage in _STAGE_POINTS:
        reasons.append(f"{stage} +{_STAGE_POINTS[stage]}")
    total = sum(int(reason.rsplit("+", 1)[1]) for reason in reasons)
    return min(total, 100), tuple(reasons)

"""Which of our languages a browser prefers."""


def preferred(accepted: str, offered: tuple[str, ...], default: str) -> str:
    """The language with the greatest weight in an Accept-Language header that we offer; of equals the first."""
    ranked: list[tuple[float, str]] = []
    for part in accepted.split(","):
        tag, _, weight = part.strip().partition(";q=")
        language = tag.strip().lower().partition("-")[0]
        if language in offered:
            ranked.append((-_weight(weight), language))
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else default


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0

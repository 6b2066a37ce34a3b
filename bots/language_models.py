"""The wiring of language models: which rungs the settings ask for, in which order, at which price and budget."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import structlog
from pydantic import SecretStr

from bots.bootstrap import Store
from core.llm.anthropic_model import AnthropicModel
from core.llm.chain import ModelChain, Rung
from core.llm.openai_model import OpenAIModel
from core.llm.price import FREE, Price, dearest_price, find_price, parse_prices
from core.settings import Settings
from core.storage.spending import SqlSpending

log = structlog.get_logger()

GEMINI_URL = "https://generativelanguage.googleapis.com/v1beta/openai/"
GEMINI_EFFORTS = ("none", "low", "")
_AT_HOME = ("127.0.0.1", "localhost", "::1")

HINTS = {
    "spent": "approved texts answer until tomorrow; raise LLM_DAY_BUDGET to go on today",
    "resting": "approved texts answer meanwhile; check keys, model names and the houses' own status pages",
}


def build_models(settings: Settings, store: Store) -> ModelChain | None:
    """None without any key: approved texts and quoted answers do the work. Raises InvalidSettings."""
    rungs = build_rungs(settings)
    if not rungs:
        return None
    spending = SqlSpending(
        database=store.database,
        clock=store.clock,
        today=lambda now: store.firms.firm.today(now),
        day_limit=_millionths(settings.llm_day_budget),
        lead_limit=_millionths(settings.llm_lead_budget),
    )
    return ModelChain(rungs=rungs, spending=spending, clock=store.clock)


def build_rungs(settings: Settings) -> list[Rung]:
    """In the order of LLM_ORDER, those that have what they need. Raises InvalidSettings."""
    own = parse_prices(settings.llm_prices)
    builders: Mapping[str, Callable[[Settings, Mapping[str, Price]], Rung | None]] = {
        "openai": _openai,
        "anthropic": _anthropic,
        "gemini": _gemini,
        "compatible": _compatible,
    }
    return [rung for name in settings.llm_names if (rung := builders[name](settings, own))]


async def describe_models(chain: ModelChain) -> dict[str, Any]:
    """For /healthz: `ok`, `resting` when no rung answers, or `spent`, each but the first with what to do."""
    told = await chain.describe()
    resting = all(rung["state"] == "resting" for rung in told["rungs"].values())
    state = "spent" if told["budget"]["state"] == "spent" else "resting" if resting else "ok"
    return {"state": state, "hint": HINTS.get(state, ""), **told}


def _openai(settings: Settings, own: Mapping[str, Price]) -> Rung | None:
    if settings.openai_api_key is None:
        return None
    price = _price(settings.openai_model, own)
    model = OpenAIModel(
        api_key=_secret(settings.openai_api_key), model=settings.openai_model, timeout=_limit(settings), price=price
    )
    return Rung("openai", settings.openai_model, model, price)


def _anthropic(settings: Settings, own: Mapping[str, Price]) -> Rung | None:
    if settings.anthropic_api_key is None:
        return None
    price = _price(settings.anthropic_model, own)
    model = AnthropicModel(
        api_key=_secret(settings.anthropic_api_key),
        model=settings.anthropic_model,
        timeout=_limit(settings),
        price=price,
    )
    return Rung("anthropic", settings.anthropic_model, model, price)


def _gemini(settings: Settings, own: Mapping[str, Price]) -> Rung | None:
    if settings.gemini_api_key is None:
        return None
    price = _price(settings.gemini_model, own)
    model = OpenAIModel(
        api_key=_secret(settings.gemini_api_key),
        model=settings.gemini_model,
        base_url=GEMINI_URL,
        timeout=_limit(settings),
        price=price,
        efforts=GEMINI_EFFORTS,
    )
    return Rung("gemini", settings.gemini_model, model, price)


def _compatible(settings: Settings, own: Mapping[str, Price]) -> Rung | None:
    if settings.llm_base_url is None:
        return None
    is_at_home = urlsplit(settings.llm_base_url).hostname in _AT_HOME
    price = _price(settings.llm_model, own, unknown=FREE if is_at_home else None)
    model = OpenAIModel(
        # A server at home wants no key, and the SDK will not go without one.
        api_key=_secret(settings.llm_api_key) if settings.llm_api_key else "none",
        model=settings.llm_model,
        base_url=settings.llm_base_url,
        timeout=_limit(settings),
        price=price,
    )
    return Rung("compatible", settings.llm_model, model, price)


def _price(model: str, own: Mapping[str, Price], unknown: Price | None = None) -> Price:
    price = find_price(model, own) or unknown
    if price is None:
        log.warning("model.price_unknown", model=model, taken="the dearest known", hint=f"LLM_PRICES={model}=0.5/2")
    return price or dearest_price()


def _secret(key: SecretStr) -> str:
    return key.get_secret_value()


def _limit(settings: Settings) -> float:
    return min(settings.llm_timeout_s, settings.turn_budget_s)


def _millionths(dollars: float | None) -> int | None:
    return None if dollars is None else round(dollars * 1_000_000)

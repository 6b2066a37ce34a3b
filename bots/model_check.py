"""`seller models`: ask each connected model one word, and say what is wrong and how to mend it."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bots.language_models import build_rungs
from core.clock import SystemClock
from core.llm.chain import ModelChain, Rung
from core.llm.spending import MemorySpending
from core.ports import Failure, LanguageModelFailed, Prompt
from core.settings import Settings

NONE = (
    "no model is connected: approved texts and quoted answers do the work\n"
    "  to connect one: OPENAI_API_KEY, ANTHROPIC_API_KEY or GEMINI_API_KEY in .env, or LLM_BASE_URL with LLM_MODEL"
)
_QUESTION = Prompt("Answer with one word.", "Say: ok", max_tokens=20)
_HINTS: Mapping[Failure, str] = {
    Failure.REFUSED: "check {key} and {model}, and whether the account has money left",
    Failure.BUSY: "wait a little; if it stays so, look at the limits of your account",
    Failure.BROKEN: "check the network and, if you gave one, the address",
    Failure.SLOW: "choose a quicker model, or raise LLM_TIMEOUT_S",
    Failure.UNFIT: "this model does not take what we ask: choose another one in {model}",
    Failure.UNUSABLE: "this model gives no usable text: choose another one in {model}",
}


@dataclass(frozen=True, slots=True)
class Checked:
    is_well: bool
    lines: Sequence[str]


async def check_models(settings: Settings) -> Checked:
    """One line a rung, in their order. A few tokens are spent, and not booked: the running program has the book."""
    rungs = build_rungs(settings)
    if not rungs:
        return Checked(True, [NONE])
    checked = [await _check(rung) for rung in rungs]
    return Checked(all(well for well, _ in checked), [line for _, line in checked])


async def _check(rung: Rung) -> tuple[bool, str]:
    spending = MemorySpending(today=lambda: datetime.now(UTC).date())
    chain = ModelChain(rungs=[rung], spending=spending, clock=SystemClock())
    await chain.prepare()
    started = time.perf_counter()
    named = f"{rung.name:<12}{rung.model_name:<24}"
    try:
        completion = await chain.complete(_QUESTION)
    except LanguageModelFailed as failed:
        return False, f"{named}{failed}\n  how to mend: {_hint(rung.name, failed)}"
    finally:
        await chain.close()
    return True, f"{named}ok   {time.perf_counter() - started:.1f} s   ${completion.cost:.6f}"


def _hint(name: str, failed: LanguageModelFailed) -> str:
    prefix = "LLM" if name == "compatible" else name.upper()
    return _HINTS.get(failed.kind, "try again").format(key=f"{prefix}_API_KEY", model=f"{prefix}_MODEL")

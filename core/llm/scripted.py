"""A model that says what it was told to: for tests and for trying things without a key."""

import asyncio
from collections.abc import Sequence

from core.llm.usable import require_usable
from core.ports import Completion, LanguageModelFailed, Prompt, Usage


class ScriptedModel:
    """Fails `failures` times, then gives the replies in turn; the last one stays. An empty reply is a failure."""

    def __init__(self, replies: Sequence[str] = ("",), *, delay: float = 0.0, failures: int = 0) -> None:
        self._replies = list(replies)
        self._delay = delay
        self._failures = failures
        self.prompts: list[Prompt] = []

    async def complete(self, prompt: Prompt) -> Completion:
        self.prompts.append(prompt)
        if self._delay:
            await asyncio.sleep(self._delay)
        if self._failures:
            self._failures -= 1
            raise LanguageModelFailed("scripted failure")
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        usage = Usage(len(prompt.system.split()) + len(prompt.user.split()), len(reply.split()))
        return Completion(require_usable(reply, prompt, usage), "scripted", usage.tokens, usage=usage)

"""A model of OpenAI, or of any server that speaks its chat completions: Gemini, Ollama, vLLM and others."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.ports import Completion, LanguageModelFailed, Prompt

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types.chat import ChatCompletion

THINKING_ROOM = 600
"""Tokens beyond the reply's own that a model may use up before it begins to write."""
EFFORTS = ("minimal", "low", "")
"""How much a model of OpenAI's may think, best first: each knows other words, and some know none."""


@dataclass(frozen=True, slots=True)
class Price:
    """Of a million tokens, in any one currency."""

    prompt: float
    completion: float

    def cost(self, prompt_tokens: int, completion_tokens: int) -> float:
        return (prompt_tokens * self.prompt + completion_tokens * self.completion) / 1_000_000


class OpenAIModel:
    """Implements LanguageModel. `timeout` holds for the whole answer, its one retry included. The key is in no error
    and in no log line."""

    def __init__(
        self,
        *,
        api_key: str,
        model: str,
        base_url: str | None = None,
        timeout: float = 8.0,
        price: Price | None = None,
    ) -> None:
        self._api_key = api_key
        self._model = model
        self._base_url = base_url
        self._timeout = timeout
        self._price = price
        # A compatible server is asked for nothing that only OpenAI knows.
        self._efforts = list(EFFORTS) if base_url is None else [""]
        self._limit_name = "max_completion_tokens" if base_url is None else "max_tokens"
        self._client: AsyncOpenAI | None = None
        self._building = asyncio.Lock()

    async def complete(self, prompt: Prompt) -> Completion:
        """Raises LanguageModelFailed."""
        client = await self._get_client()
        try:
            async with asyncio.timeout(self._timeout):
                answer = await self._ask(client, prompt)
        except TimeoutError:
            raise LanguageModelFailed(f"no answer within {self._timeout:g} s") from None
        return self._read(answer)

    async def close(self) -> None:
        if self._client:
            await self._client.close()

    async def _get_client(self) -> "AsyncOpenAI":
        """The SDK takes a second to import: that happens in a thread, once, and is not counted as thinking."""
        async with self._building:
            if self._client is None:
                self._client = await asyncio.to_thread(self._build_client)
            return self._client

    def _build_client(self) -> "AsyncOpenAI":
        from openai import AsyncOpenAI

        return AsyncOpenAI(api_key=self._api_key, base_url=self._base_url, timeout=self._timeout, max_retries=1)

    async def _ask(self, client: "AsyncOpenAI", prompt: Prompt) -> "ChatCompletion":
        from openai import APIStatusError, BadRequestError, OpenAIError

        while True:
            try:
                answer: ChatCompletion = await client.chat.completions.create(**self._request(prompt))
                return answer
            except BadRequestError as error:
                if not self._give_up_parameter(error.param):
                    raise LanguageModelFailed("the provider refused the request (400)") from None
            except APIStatusError as error:
                raise LanguageModelFailed(f"the provider answered {error.status_code}") from None
            except OpenAIError as error:
                raise LanguageModelFailed(f"the provider cannot be reached ({type(error).__name__})") from None
            except (ValueError, TypeError) as error:
                raise LanguageModelFailed(f"the answer cannot be read ({type(error).__name__})") from None

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        request: dict[str, Any] = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": _encodable(prompt.system)},
                {"role": "user", "content": _encodable(prompt.user)},
            ],
            self._limit_name: prompt.max_tokens + THINKING_ROOM,
        }
        if self._efforts[0]:
            request["reasoning_effort"] = self._efforts[0]
        return request

    def _give_up_parameter(self, name: str | None) -> bool:
        """Whether there is another way to ask, once a model does not know this parameter; it is remembered."""
        if name == "reasoning_effort" and len(self._efforts) > 1:
            del self._efforts[0]
            return True
        if name == self._limit_name == "max_tokens":
            self._limit_name = "max_completion_tokens"
            return True
        return False

    def _read(self, answer: Any) -> Completion:
        """Servers that only look compatible answer with anything at all."""
        try:
            choice = answer.choices[0]
            text = (choice.message.content or "").strip()
            finish = choice.finish_reason
        except (AttributeError, IndexError, TypeError):
            raise LanguageModelFailed("the answer is no chat completion") from None
        if finish not in ("stop", None):
            raise LanguageModelFailed(f"the answer was cut off ({finish})")
        if not text:
            raise LanguageModelFailed("the answer is empty")
        usage = answer.usage
        read, written = (usage.prompt_tokens, usage.completion_tokens) if usage else (0, 0)
        cost = self._price.cost(read, written) if self._price else 0.0
        return Completion(text, answer.model or self._model, tokens=read + written, cost=cost)


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()

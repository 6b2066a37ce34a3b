"""A model of OpenAI, or of any server that speaks its chat completions: Gemini, Ollama, vLLM and others."""

import asyncio
from typing import TYPE_CHECKING, Any

from core.llm.bounded import CONNECT_S, bound
from core.llm.late import Late
from core.llm.price import FREE, Price, most_written
from core.llm.refusals import cut, late, refused, unreadable
from core.llm.usable import require_usable
from core.ports import Completion, Failure, LanguageModelFailed, Prompt, Usage

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types.chat import ChatCompletion

EFFORTS = ("minimal", "low", "")
"""How much a model of OpenAI's may think, best first: each knows other words, and some know none."""


class OpenAIModel:
    """Implements LanguageModel. `timeout` holds for the whole answer. The key is in no error and in no log line."""

    def __init__(
        self,
        *,
        api_key: str,
        model: str,
        base_url: str | None = None,
        timeout: float = 6.0,
        price: Price = FREE,
        efforts: tuple[str, ...] | None = None,
    ) -> None:
        self._api_key = api_key
        self._model = model
        self._base_url = base_url
        self._timeout = timeout
        self._price = price
        # A compatible server is asked for nothing that only OpenAI knows.
        self._efforts = list(efforts or (EFFORTS if base_url is None else ("",)))
        self._limit_name = "max_completion_tokens" if base_url is None else "max_tokens"
        self._knows_schemas = True
        self._client: Late[AsyncOpenAI] = Late(self._build_client)

    async def complete(self, prompt: Prompt) -> Completion:
        """Raises LanguageModelFailed."""
        client = await self._client.get()
        try:
            async with asyncio.timeout(self._timeout):
                answer = await self._ask(client, prompt)
        except TimeoutError:
            raise late(self._timeout) from None
        return self._read(answer, prompt)

    async def prepare(self) -> None:
        await self._client.get()

    async def close(self) -> None:
        if self._client.built:
            await self._client.built.close()

    def _build_client(self) -> "AsyncOpenAI":
        from openai import AsyncOpenAI, DefaultAsyncHttpxClient
        from openai import Timeout as Limits

        limits = Limits(self._timeout, connect=min(CONNECT_S, self._timeout))
        # What customers wrote goes to the house that was chosen, and to no other that it points to.
        connection = DefaultAsyncHttpxClient(timeout=limits, follow_redirects=False, event_hooks={"response": [bound]})
        return AsyncOpenAI(
            api_key=self._api_key, base_url=self._base_url, timeout=limits, max_retries=0, http_client=connection
        )

    async def _ask(self, client: "AsyncOpenAI", prompt: Prompt) -> "ChatCompletion":
        from openai import APIConnectionError, APIStatusError, APITimeoutError, BadRequestError, OpenAIError

        while True:
            try:
                answer: ChatCompletion = await client.chat.completions.create(**self._request(prompt))
                return answer
            except APIStatusError as error:
                again = isinstance(error, BadRequestError) and self._give_up_parameter(error.param, error.response.text)
                if not again:
                    raise refused(error.status_code, error.response.headers) from None
            except APIConnectionError as error:
                raise cut(error, is_late=isinstance(error, APITimeoutError)) from None
            except (OpenAIError, ValueError, TypeError) as error:
                raise unreadable(error) from None

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        request: dict[str, Any] = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": _encodable(prompt.system)},
                {"role": "user", "content": _encodable(prompt.user)},
            ],
            self._limit_name: most_written(prompt),
        }
        if self._efforts[0]:
            request["reasoning_effort"] = self._efforts[0]
        if prompt.schema and self._knows_schemas:
            wanted = {"name": prompt.purpose, "schema": dict(prompt.schema)}
            request["response_format"] = {"type": "json_schema", "json_schema": wanted}
        return request

    def _give_up_parameter(self, name: str | None, told: str) -> bool:
        """Whether there is another way to ask, once a model does not know this parameter; it is remembered."""
        blamed = f"{name} {told}".lower()
        if ("reasoning" in blamed or "thinking" in blamed) and len(self._efforts) > 1:
            del self._efforts[0]
            return True
        if name == self._limit_name == "max_tokens":
            self._limit_name = "max_completion_tokens"
            return True
        if "response_format" in blamed and self._knows_schemas:
            self._knows_schemas = False
            return True
        return False

    def _read(self, answer: Any, prompt: Prompt) -> Completion:
        """Servers that only look compatible answer with anything at all."""
        usage = _usage(answer)
        try:
            choice = answer.choices[0]
            text = choice.message.content or ""
            finish = str(choice.finish_reason or "stop").lower()
        except (AttributeError, IndexError, TypeError):
            raise LanguageModelFailed(
                "the answer is no chat completion", kind=Failure.UNUSABLE, may_cost=True
            ) from None
        if finish not in ("stop", "eos"):
            raise LanguageModelFailed("the answer was cut off", kind=Failure.UNUSABLE, usage=usage, may_cost=True)
        text = require_usable(text if isinstance(text, str) else "", prompt, usage)
        counted = usage or Usage()
        model = answer.model if isinstance(answer.model, str) and answer.model else self._model
        return Completion(text, model, counted.tokens, self._price.cost(counted) / 1e6, counted)


def _usage(answer: Any) -> Usage | None:
    """None when the server did not count, or counted nonsense."""
    try:
        given = answer.usage
        details = getattr(given, "prompt_tokens_details", None)
        cached = getattr(details, "cached_tokens", None) or 0
        usage = Usage(given.prompt_tokens, given.completion_tokens, min(cached, given.prompt_tokens))
        return usage if min(usage.read, usage.written, usage.cached) >= 0 else None
    except (AttributeError, TypeError):
        return None


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()

"""Settings from the environment and .env, typed and explained. Read by the wiring only."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import InvalidSettings

RUNGS = ("openai", "anthropic", "gemini", "compatible")
EXAMPLE_FIRM = Path(__file__).resolve().parents[1] / "examples" / "kavomir"


class Settings(BaseSettings):
    """Every setting has a safe default: the product runs without any."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore")

    firm: Path = Field(EXAMPLE_FIRM, description="Folder of your firm (firm.yaml, knowledge/, price_list.csv)")
    data_dir: Path = Field(Path("data"), description="Where the database, the index and generated secrets live")
    host: str = Field("127.0.0.1", description="Address to listen on")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on")
    public_url: str | None = Field(None, description="https address of this server; switches Telegram to a webhook")

    database_url: str | None = Field(None, description="postgresql://user:password@host/database; SQLite when empty")
    redis_url: str | None = Field(None, description="redis://host:6379/0; the cache is in memory when empty")
    chroma_url: str | None = Field(None, description="http://host:8001; a folder in DATA_DIR when empty")

    telegram_token: SecretStr | None = Field(None, description="Token of your bot from @BotFather")
    telegram_base_url: str = Field("https://api.telegram.org/bot", description="Another Bot API server, if you run one")

    meta_app_secrets: SecretStr | None = Field(None, description="App secret; more of them with commas between")
    meta_verify_token: SecretStr | None = Field(None, description="The word you typed where the webhook is set up")
    meta_graph_version: str = Field("v26.0", pattern=r"^v\d+\.\d+$", description="Version of the Graph API")
    meta_human_tag: bool = Field(False, description="Whether App Review granted the Human Agent permission")
    messenger_page_id: str | None = Field(None, description="Id of your Facebook page")
    messenger_token: SecretStr | None = Field(None, description="Access token of that page")
    messenger_graph_url: str = Field("https://graph.facebook.com", description="The Graph API's host")
    instagram_id: str | None = Field(None, description="Id of your Instagram account")
    instagram_token: SecretStr | None = Field(None, description="Access token of the page or the Instagram account")
    instagram_login: bool = Field(False, description="true when that token was made with Instagram Login")
    instagram_app_secret: SecretStr | None = Field(None, description="With Instagram Login, Instagram's own app secret")
    instagram_graph_url: str = Field("", description="The Graph API's host; the platform's own when empty")

    openai_api_key: SecretStr | None = Field(None, description="Key of OpenAI")
    openai_model: str = Field("gpt-5-mini", description="Name of OpenAI's model")
    anthropic_api_key: SecretStr | None = Field(None, description="Key of Anthropic")
    anthropic_model: str = Field("claude-haiku-5-5", description="Name of Anthropic's model")
    gemini_api_key: SecretStr | None = Field(None, description="Key of Google's Gemini")
    gemini_model: str = Field("gemini-2.5-flash", description="Name of Gemini's model")
    llm_base_url: str | None = Field(None, description="Address of any other OpenAI-compatible server (Ollama, vLLM)")
    llm_api_key: SecretStr | None = Field(None, description="Key of that server, if it wants one")
    llm_model: str = Field("", description="Name of that server's model")
    llm_order: str = Field("openai,anthropic,gemini,compatible", description="Who is asked first, next, ...")
    llm_timeout_s: float = Field(6.0, gt=0, description="Seconds for one model before the next one is asked")
    turn_budget_s: float = Field(10.0, gt=0, description="Seconds for all models before the approved text is used")
    llm_day_budget: float | None = Field(
        5.0, ge=0, allow_inf_nan=False, description="Dollars a day for all models; none = no limit"
    )
    llm_lead_budget: float | None = Field(
        0.5, ge=0, allow_inf_nan=False, description="Dollars for one lead in all; none = no limit"
    )
    llm_prices: str = Field("", description="model=prompt/completion;... in dollars a million tokens")

    quiet_window_s: float = Field(1.2, ge=0, description="Seconds of silence after which a burst is answered")
    longest_quiet_s: float = Field(4.0, ge=0, description="Seconds after which it is answered in any case")

    secret_key: SecretStr | None = Field(None, description="Signs cookies; made and kept in DATA_DIR if empty")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="How much is logged")
    log_format: Literal["console", "json"] = Field("console", description="json for machines")

    @field_validator(
        "public_url", "database_url", "redis_url", "chroma_url", "telegram_token", "meta_app_secrets",
        "meta_verify_token", "messenger_page_id", "messenger_token", "instagram_id", "instagram_token",
        "instagram_app_secret", "openai_api_key", "llm_base_url", "secret_key", "anthropic_api_key", "gemini_api_key",
        "llm_api_key",
        mode="before",
    )  # fmt: skip
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("llm_day_budget", "llm_lead_budget", mode="before")
    @classmethod
    def _may_have_no_limit(cls, value: object) -> object:
        return None if str(value).strip().lower() == "none" else value

    @field_validator("redis_url")
    @classmethod
    def _needs_redis(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must begin with redis://, such as redis://host:6379/0")
        return value

    @field_validator("chroma_url")
    @classmethod
    def _needs_http(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http://, such as http://host:8001")
        return value

    @field_validator("public_url")
    @classmethod
    def _needs_https(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith("https://"):
            raise ValueError("must begin with https:// (platforms refuse anything else)")
        return value.rstrip("/") if value else value

    @field_validator("llm_order")
    @classmethod
    def _knows_its_names(cls, value: str) -> str:
        unknown = [name for name in _names(value) if name not in RUNGS]
        if unknown:
            raise ValueError(f"{', '.join(unknown)} is none of {', '.join(RUNGS)}")
        return value

    @model_validator(mode="after")
    def _needs_model(self) -> Self:
        if self.llm_base_url and not self.llm_model:
            raise ValueError("LLM_MODEL: the name of the model at LLM_BASE_URL is missing")
        return self

    @property
    def llm_names(self) -> tuple[str, ...]:
        """The rungs in their order, each once."""
        return tuple(dict.fromkeys(_names(self.llm_order)))

    @property
    def is_shared(self) -> bool:
        """Whether other processes may work on the same database; a file belongs to one."""
        return self.database_url is not None and not self.database_url.startswith("sqlite")

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'seller.db'}"


def _names(order: str) -> list[str]:
    return [name.strip().lower() for name in order.split(",") if name.strip()]


def read_settings(**overrides: object) -> Settings:
    """Raises InvalidSettings with every problem in one list."""
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [": ".join(filter(None, (".".join(map(str, e["loc"])).upper(), e["msg"]))) for e in error.errors()]
        hint = "correct it in .env or the environment; .env.example explains every line"
        raise InvalidSettings("; ".join(lines), where="settings", hint=hint) from None

"""Settings from the environment and .env, typed and explained. Read by the wiring only."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import InvalidSettings

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

    openai_api_key: SecretStr | None = Field(None, description="Key of OpenAI or of any compatible server")
    llm_base_url: str | None = Field(None, description="Address of an OpenAI-compatible server (Gemini, Ollama, ...)")
    llm_model: str = Field("gpt-5-mini", description="Name of the model")
    llm_timeout_s: float = Field(8.0, gt=0, description="Seconds before the approved text is used instead")

    quiet_window_s: float = Field(1.2, ge=0, description="Seconds of silence after which a burst is answered")
    longest_quiet_s: float = Field(4.0, ge=0, description="Seconds after which it is answered in any case")

    secret_key: SecretStr | None = Field(None, description="Signs cookies; made and kept in DATA_DIR if empty")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="How much is logged")
    log_format: Literal["console", "json"] = Field("console", description="json for machines")

    @field_validator(
        "public_url", "database_url", "redis_url", "chroma_url", "telegram_token", "openai_api_key", "llm_base_url",
        "secret_key", mode="before",
    )  # fmt: skip
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

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

    @property
    def is_shared(self) -> bool:
        """Whether other processes may work on the same database; a file belongs to one."""
        return self.database_url is not None and not self.database_url.startswith("sqlite")

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'seller.db'}"


def read_settings(**overrides: object) -> Settings:
    """Raises InvalidSettings with every problem in one list."""
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
        hint = "correct it in .env or the environment; .env.example explains every line"
        raise InvalidSettings("; ".join(lines), where="settings", hint=hint) from None

"""The `seller` command. Heavy parts are imported by the command that needs them, so that --help answers at once."""

import asyncio
import gc
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from core.errors import SellerError

if TYPE_CHECKING:
    from bots.channels_command import Told

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
user_app = typer.Typer(no_args_is_help=True, help="People who may sign in at the desk.")
app.add_typer(user_app, name="user")
channels_app = typer.Typer(no_args_is_help=True, help="The accounts at Telegram, Messenger and Instagram.")
app.add_typer(channels_app, name="channels")

Firm = Annotated[Optional[Path], typer.Option(help="Folder of your firm; the example firm when left out.")]  # noqa: UP045
Data = Annotated[Optional[Path], typer.Option(help="Folder of the database; DATA_DIR or ./data when left out.")]  # noqa: UP045


@app.command()
def run(firm: Firm = None, data: Data = None, port: Annotated[int | None, typer.Option()] = None) -> None:
    """Serve web chat, desk and API, and the accounts at Telegram, Messenger and Instagram that have a token."""
    gc.disable()  # what is imported stays: looking through it again and again costs a third of a second
    from bots.serve import serve

    gc.freeze()
    gc.enable()
    serve(firm=firm, data_dir=data, port=port)


@app.command()
def chat(
    firm: Firm = None,
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a reply.")] = False,
    language: Annotated[Optional[str], typer.Option(help="uk, ru or en: assumed until the text says more.")] = None,  # noqa: UP045
) -> None:
    """Talk with the bot in the terminal: lines in, replies out."""
    from bots.talk import talk

    _run(talk(firm=firm, data_dir=data, as_json=as_json, language=language))


@app.command()
def ingest(firm: Firm = None, data: Data = None) -> None:
    """Index the firm's knowledge; what did not change is not touched."""
    from bots.tasks import ingest_firm

    _run(ingest_firm(firm=firm, data_dir=data))


@app.command()
def check(firm: Firm = None) -> None:
    """Read the firm's folder and say what is wrong in it, with file, line and the fix."""
    from bots.tasks import check_firm

    check_firm(firm)


@app.command()
def models() -> None:
    """Ask each connected language model one word, and say what is wrong with it."""
    from bots.tasks import check_models

    if not asyncio.run(check_models()):
        raise typer.Exit(1)


@app.command()
def migrate(data: Data = None) -> None:
    """Bring the database to the present schema."""
    from bots.tasks import migrate_database

    migrate_database(data)


@app.command("eval")
def evaluate(
    kind: Annotated[str, typer.Argument(help="What to evaluate: acts, facts, answers, attacks, twins, dialogues.")],
    file: Annotated[Path, typer.Argument(help="Labelled records: JSON lines, or a YAML list.")],
    predictions: Annotated[Optional[Path], typer.Option(help="Where the raw predictions go, one a line.")] = None,  # noqa: UP045
    firm: Firm = None,
    now: Annotated[Optional[str], typer.Option(help="Where the clock stands (ISO 8601); now when left out.")] = None,  # noqa: UP045
    model: Annotated[Optional[str], typer.Option(help="A scripted model to try; none when left out.")] = None,  # noqa: UP045
) -> None:
    """Measure the bot on labelled records; prints one JSON object of scores."""
    from bots.evaluation.command import run_evaluation

    run_evaluation(kind, file, predictions=predictions, firm=firm, now=now, model=model)


@user_app.command("add")
def add_user(
    name: str,
    role: Annotated[str, typer.Option(help="operator, lead or admin")] = "operator",
    data: Data = None,
) -> None:
    """Add a person; the password is asked for, or read from standard input."""
    from bots.tasks import create_user

    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True) if sys.stdin.isatty() else _line()
    _run(create_user(name, password, role, data_dir=data))


@channels_app.command("list")
def list_channels() -> None:
    """Which accounts the settings name; no platform is asked."""
    from bots.channels_command import list_accounts

    _tell(list_accounts())


@channels_app.command("check")
def check_channels() -> None:
    """Ask each platform about its account: ok, or what is wrong and how to mend it."""
    from bots.channels_command import check_accounts

    _tell(asyncio.run(check_accounts()))


@channels_app.command("setup")
def set_up_channels(
    firm: Firm = None,
    data: Data = None,
    force: Annotated[bool, typer.Option("--force", help="Replace also what was made by hand.")] = False,
) -> None:
    """Set webhooks, greeting, menu, questions to tap and commands, from channel_texts of firm.yaml."""
    from bots.channels_command import set_up_accounts

    _tell(asyncio.run(set_up_accounts(firm=firm, data_dir=data, force=force)))


def _tell(told: "Told") -> None:
    print("\n".join(told.lines))
    if not told.is_well:
        raise typer.Exit(1)


def _line() -> str:
    return sys.stdin.readline().rstrip("\n")


def _run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def main() -> None:
    """Errors that a person can mend are told in a few lines, without a traceback."""
    try:
        app()
    except SellerError as error:
        print(f"seller: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)

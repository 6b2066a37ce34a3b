"""What the command line does besides serving and chatting."""

from pathlib import Path

from bots.access import Role
from bots.desk.passwords import LONGEST, SHORTEST, Passwords, is_acceptable
from bots.progress import Bar
from core.clock import SystemClock
from core.errors import SellerError
from core.settings import read_settings
from core.storage import users
from core.storage.migrate import migrate
from core.storage.shared import open_database, open_migrated
from core.strategy.firm_folder import load_firm

ROLES = tuple(Role)


async def ingest_firm(*, firm: Path | None, data_dir: Path | None) -> None:
    from bots.bootstrap import open_store
    from bots.brain import build_brain, sync_knowledge

    settings = read_settings(firm=firm, data_dir=data_dir)
    store = open_store(settings)
    loaded = await store.firms.load()
    brain = build_brain(settings, store)
    with Bar("Indexing the knowledge") as bar:
        report = await sync_knowledge(brain, loaded, bar.show)
    print(f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged, {report.removed} removed")
    for trouble in report.troubles:
        print(f"not read: {trouble}")
    await brain.close()
    store.database.close()


def check_firm(firm: Path | None) -> None:
    settings = read_settings(firm=firm)
    loaded = load_firm(settings.firm)
    missing = list_missing(settings.firm, products=len(loaded.firm.products), documents=len(loaded.documents))
    state = "usable, but not complete" if missing else "all in order"
    print(
        f"{loaded.firm.name}: {len(loaded.firm.products)} products, {len(loaded.documents)} documents, "
        f"playbooks {', '.join(sorted(loaded.playbooks))}: {state}"
    )
    for warning in missing:
        print(f"warning: {warning}")


def list_missing(folder: Path, *, products: int, documents: int) -> list[str]:
    """What a firm's folder lacks, and what is used or left unsaid for want of it."""
    missing = []
    if not (folder / "firm.yaml").exists():
        missing.append("firm.yaml is not there: the built-in one is used, without your name, hours and policies")
    if not products:
        missing.append("there is no price list: the bot can name no price. Add price_list.csv")
    if not documents:
        missing.append("there is no knowledge: the bot can answer no question. Add pages to knowledge/")
    return missing


async def check_models() -> bool:
    """Whether all that are connected answer."""
    from bots.model_check import check_models
    from core.log import configure_logging

    configure_logging("error", as_json=False)
    checked = await check_models(read_settings())
    print("\n".join(checked.lines))
    return checked.is_well


def migrate_database(data_dir: Path | None) -> None:
    settings = read_settings(data_dir=data_dir)
    database = open_database(settings.database)
    print("migrated" if migrate(database.engine) else "up to date")
    database.close()


async def create_user(name: str, password: str, role: str, *, data_dir: Path | None) -> None:
    """Raises SellerError for a role or password that cannot be used."""
    if role not in ROLES:
        raise SellerError(f"{role} is no role", hint=f"use one of {', '.join(ROLES)}")
    if not is_acceptable(password):
        raise SellerError("the password is too short or too long", hint=f"use {SHORTEST} to {LONGEST} characters")
    settings = read_settings(data_dir=data_dir)
    database = open_migrated(settings.database)
    hashed, now = await Passwords().hash(password), SystemClock().now()
    await database.write(lambda conn: users.create_user(conn, name, hashed, role, now))
    database.close()
    print(f"{name} may sign in as {role}")

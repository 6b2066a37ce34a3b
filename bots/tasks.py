"""What the command line does besides serving and chatting."""

from pathlib import Path

from bots.bootstrap import open_store
from bots.brain import build_brain, sync_knowledge
from bots.progress import Bar
from core.errors import SellerError
from core.settings import read_settings
from core.storage.database import Database, build_engine
from core.storage.migrate import migrate
from core.storage.users import ROLES
from core.storage.users import create_user as store_user
from core.strategy.firm_folder import load_firm


async def ingest_firm(*, firm: Path | None, data_dir: Path | None) -> None:
    settings = read_settings(firm=firm, data_dir=data_dir)
    store = open_store(settings)
    await store.firms.load()
    brain = build_brain(settings, store)
    with Bar("Indexing the knowledge") as bar:
        report = await sync_knowledge(brain, store, bar.show)
    print(f"{report}")
    await brain.close()
    store.database.close()


def check_firm(firm: Path | None) -> None:
    settings = read_settings(firm=firm)
    loaded = load_firm(settings.firm)
    print(
        f"{loaded.firm.name}: {len(loaded.firm.products)} products, {len(loaded.documents)} documents, "
        f"playbooks {', '.join(sorted(loaded.playbooks))}: all in order"
    )


def migrate_database(data_dir: Path | None) -> None:
    settings = read_settings(data_dir=data_dir)
    print("migrated" if migrate(build_engine(settings.database)) else "up to date")


async def create_user(name: str, password: str, role: str, *, data_dir: Path | None) -> None:
    """Raises SellerError for a role or password that cannot be used."""
    if role not in ROLES:
        raise SellerError(f"{role} is no role", hint=f"use one of {', '.join(ROLES)}")
    if len(password) < 8:
        raise SellerError("the password is too short", hint="use 8 characters or more")
    settings = read_settings(data_dir=data_dir)
    engine = build_engine(settings.database)
    migrate(engine)
    database = Database(engine)
    await store_user(database, name=name, password=password, role=role)
    database.close()
    print(f"{name} may sign in as {role}")

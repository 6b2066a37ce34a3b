"""One desk a test, on a database of its own."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from bots.desk.router import build_desk
from bots.desk.security_headers import SecurityHeaders
from core.storage.database import Database, build_engine
from tests.bots.desk.browser import Visitor
from tests.bots.desk.demo import Demo, add_users, build_demo
from tests.servers import migrated_sqlite


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """Users and nothing else."""
    database = Database(build_engine(f"sqlite:///{shutil.copy(migrated_sqlite(), tmp_path / 'seller.db')}"))
    demo = build_demo(database)
    await add_users(demo)
    yield demo
    database.close()


@pytest.fixture
def app(demo: Demo) -> FastAPI:
    app = FastAPI()
    app.include_router(build_desk(demo.parts))
    app.add_middleware(SecurityHeaders)
    return app


@pytest.fixture
async def visitor(app: FastAPI) -> AsyncIterator[Visitor]:
    async with Visitor(app) as visitor:
        yield visitor

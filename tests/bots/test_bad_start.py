"""A start that cannot be: a few lines that say what, where and how to mend it, and exit code 2; never a traceback."""

import errno
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bots.bootstrap import open_store
from bots.cli import main
from bots.data_folder import DataFolder
from core.errors import SellerError, Unavailable
from core.settings import EXAMPLE_FIRM, Settings, read_settings
from core.storage.database import build_engine
from tests.servers import fresh_postgres, migrated_postgres

SECRET = "hunter2"

WRONG: dict[str, tuple[dict[str, str], str]] = {
    "a firm that is not there": ({"FIRM": "{tmp}/nowhere"}, "no such folder"),
    "a firm that is a file": ({"FIRM": "{tmp}/file"}, "no such folder"),
    "a firm that is broken": ({"FIRM": "{tmp}/broken"}, "not valid YAML"),
    "data in a file": ({"DATA_DIR": "{tmp}/file"}, "DATA_DIR"),
    "data below a file": ({"DATA_DIR": "{tmp}/file/below"}, "DATA_DIR"),
    "data where nothing can be made": ({"DATA_DIR": "/proc/nowhere"}, "DATA_DIR"),
    "a port that is taken": ({"PORT": "{taken}"}, "PORT=8001"),
    "port 0": ({"PORT": "0"}, "PORT"),
    "port abc": ({"PORT": "abc"}, "PORT"),
    "port 99999": ({"PORT": "99999"}, "PORT"),
    "a host that is not ours": ({"HOST": "192.0.2.1"}, "HOST=127.0.0.1"),
    "a database that does not answer": ({"DATABASE_URL": f"postgresql://u:{SECRET}@127.0.0.1:1/x"}, "refused"),
    "a database of another kind": ({"DATABASE_URL": f"mongodb://u:{SECRET}@127.0.0.1/x"}, "mongodb"),
    "an address that is none": ({"DATABASE_URL": f"u:{SECRET}@127.0.0.1"}, "DATABASE_URL"),
    "a database in a file that is none": ({"DATABASE_URL": "sqlite:///{tmp}/file"}, "cannot be opened"),
    "a cache of another kind": ({"REDIS_URL": f"http://u:{SECRET}@127.0.0.1"}, "redis://"),
    "an index of another kind": ({"CHROMA_URL": "127.0.0.1:8001"}, "http://"),
    "a log level that is none": ({"LOG_LEVEL": "loud"}, "LOG_LEVEL"),
    "seconds that are none": ({"QUIET_WINDOW_S": "-1"}, "QUIET_WINDOW_S"),
}


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)  # no .env of the checkout
    monkeypatch.setattr(sys, "argv", ["seller", "run"])


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("name", WRONG)
def test_a_start_that_cannot_be_says_why(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, taken: int, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("this is a file and no database", encoding="utf-8")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "firm.yaml").write_text("name: [\n", encoding="utf-8")
    values, said = WRONG[name]
    for key, value in {"PORT": str(taken + 1 if taken < 65535 else 2000), **values}.items():
        monkeypatch.setenv(key, value.replace("{tmp}", str(tmp_path)).replace("{taken}", str(taken)))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert said in told
    assert "how to mend" in told
    assert SECRET not in told


def test_an_empty_setting_means_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "")
    settings = read_settings()
    assert settings == Settings(_env_file=None)
    assert (settings.firm, settings.port, settings.data_dir) == (EXAMPLE_FIRM, 8000, Path("data"))


def test_a_second_process_on_the_same_folder_is_told_to_stay_away(tmp_path: Path) -> None:
    first = open_store(Settings(_env_file=None, data_dir=tmp_path / "data"))
    with pytest.raises(SellerError, match="another process"):
        open_store(Settings(_env_file=None, data_dir=tmp_path / "data"))
    by_address = f"sqlite:///{tmp_path / 'data' / 'seller.db'}"
    with pytest.raises(SellerError, match="another process"):
        open_store(Settings(_env_file=None, data_dir=tmp_path / "data", database_url=by_address))
    first.database.close()
    first.folder.release()


def test_without_a_vector_server_each_process_needs_a_folder_of_its_own(tmp_path: Path) -> None:
    with fresh_postgres(migrated_postgres()) as url:
        alone = Settings(_env_file=None, data_dir=tmp_path, database_url=url)
        served = Settings(_env_file=None, data_dir=tmp_path, database_url=url, chroma_url="http://127.0.0.1:1")
        first = open_store(alone)
        with pytest.raises(SellerError, match="another process"):
            open_store(alone)
        second = open_store(served)
        for store in (first, second):
            store.database.close()
            store.folder.release()


class FailingOs:
    """As the system answers when the disk is full, or the folder is somebody else's."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __call__(self, *_: object, **__: object) -> object:
        raise OSError(self._number, os.strerror(self._number), "secret")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT])
def test_a_folder_that_cannot_be_written_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    folder = DataFolder(tmp_path)
    acts: list[tuple[str, Callable[[], object]]] = [("os.open", folder.secret), ("pathlib.Path.open", folder.claim)]
    for name, act in acts:
        with monkeypatch.context() as patched:
            patched.setattr(name, FailingOs(number))
            with pytest.raises(Unavailable) as told:
                act()
        assert os.strerror(number) in told.value.what
        assert told.value.where == "DATA_DIR"
    assert not list(tmp_path.glob("secret*")), "no half of a secret is left"


def test_of_several_that_share_a_folder_all_have_the_same_secret(tmp_path: Path) -> None:
    secrets = {DataFolder(tmp_path).secret() for _ in range(3)}
    assert len(secrets) == 1
    assert len(secrets.pop()) == 64
    assert [file.name for file in tmp_path.iterdir()] == ["secret"]
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_a_damaged_database_is_told_as_such(tmp_path: Path) -> None:
    store = open_store(Settings(_env_file=None, data_dir=tmp_path))
    store.database.close()
    store.folder.release()
    os.truncate(tmp_path / "seller.db", 5_000)
    with pytest.raises(SellerError) as told:
        open_store(Settings(_env_file=None, data_dir=tmp_path))
    assert str(tmp_path / "seller.db") in told.value.where
    assert told.value.hint


def test_a_user_who_may_make_no_tables_is_told_as_such(tmp_path: Path) -> None:
    with fresh_postgres() as url:
        engine = build_engine(url)
        with engine.begin() as conn:
            conn.execute(sa.text("create role weak login"))
        weak = engine.url.set(drivername="postgresql", username="weak").render_as_string(hide_password=False)
        with pytest.raises(Unavailable, match="permission denied") as told:
            open_store(Settings(_env_file=None, data_dir=tmp_path, database_url=weak))
        assert "right to create tables" in told.value.hint
        with engine.begin() as conn:
            conn.execute(sa.text("drop role weak"))
        engine.dispose()

"""What every test shares: a home of its own, no window on the screen, and compiled kernels kept between runs."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.places import Home

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    # Numba and Qt read these when they are first imported, which is before any fixture runs.
    os.environ.setdefault("NUMBA_CACHE_DIR", str(ROOT / ".cache" / "numba"))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session", autouse=True)
def _no_test_touches_the_real_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    scratch = tmp_path_factory.mktemp("user")
    with pytest.MonkeyPatch.context() as environment:
        for name in ("FOVEA_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            environment.setenv(name, str(scratch / name.lower()))
        yield


@pytest.fixture(autouse=True)
def _each_test_has_its_own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOVEA_HOME", str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def _logging_is_as_before() -> Iterator[None]:
    """A test that starts the program, and so its journal, leaves no handler behind."""
    loggers = [logging.getLogger(name) for name in ("app", "engine", "kernels")]
    before = [(logger.handlers, logger.propagate) for logger in loggers]
    yield
    for logger, (handlers, propagate) in zip(loggers, before, strict=True):
        for handler in logger.handlers:
            if handler not in handlers:
                handler.close()
        logger.handlers, logger.propagate = handlers, propagate


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A fresh home, the one that `FOVEA_HOME` names during the test."""
    return Home(tmp_path / "home").make()


@pytest.fixture
def spotted_home(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home whose only model flags bright spots in grey pictures; see `tests/engine/tiny_model.py`."""
    # Imported here: most tests need neither onnx nor the engine.
    from engine.registry.pack import pack  # noqa: PLC0415
    from engine.registry.sign import load_signing_key, make_key_pair  # noqa: PLC0415
    from tests.engine.tiny_model import write_source  # noqa: PLC0415

    _bundle_no_models(monkeypatch, tmp_path)
    (home.keys / "trusted").mkdir(parents=True)
    make_key_pair(tmp_path / "maker.key", home.keys / "trusted" / "maker.pub")
    pack(write_source(tmp_path / "source"), home.models / "bright-spots", load_signing_key(tmp_path / "maker.key"))
    return home


@pytest.fixture
def volume_home(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home whose only model flags bright spots in CT volumes."""
    from engine.registry.pack import pack  # noqa: PLC0415  # as above
    from engine.registry.sign import load_signing_key, make_key_pair  # noqa: PLC0415
    from tests.engine.tiny_model import write_volume_source  # noqa: PLC0415

    _bundle_no_models(monkeypatch, tmp_path)
    (home.keys / "trusted").mkdir(parents=True)
    make_key_pair(tmp_path / "maker.key", home.keys / "trusted" / "maker.pub")
    source = write_volume_source(tmp_path / "volume-source")
    pack(source, home.models / "bright-spots-ct", load_signing_key(tmp_path / "maker.key"))
    return home


def _bundle_no_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In this process, and in the worker that it starts."""
    for module in ("engine.registry.shelf", "engine.places"):
        monkeypatch.setattr(f"{module}.RESOURCES", tmp_path / "no-bundled-models")


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the clone."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real image sets beside the clone; it is not part of the project."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared (image sets beside the clone)")
    return folder

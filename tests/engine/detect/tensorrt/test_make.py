from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.detect.tensorrt.make import (
    INSTALL_FULL,
    INSTALL_RTX,
    RTX_SUPPORTED,
    Make,
    as_text,
    find_make,
    from_text,
    what_to_install,
)
from engine.errors import BackendError

RTX = Make("tensorrt-rtx", "tensorrt_rtx", "1.7.1", tuple(sorted((*RTX_SUPPORTED, (8, 0)))))
FULL = Make("tensorrt", "tensorrt", "10.9.0")


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of modules that stands before all others, with a module for each make."""
    loaded = {module: sys.modules.pop(module, None) for module in ("tensorrt_rtx", "tensorrt")}
    for module, version in (("tensorrt_rtx", "1.7.1"), ("tensorrt", "10.9.0")):
        (tmp_path / module).mkdir()
        (tmp_path / module / "__init__.py").write_text(f"__version__ = '{version}'\n")
        metadata = tmp_path / f"{module}-{version}.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: {version}\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for module, before in loaded.items():
        sys.modules.pop(module, None)
        if before is not None:
            sys.modules[module] = before


@pytest.mark.parametrize("capability", RTX_SUPPORTED)
def test_the_make_for_rtx_is_taken_for_the_cards_that_it_supports(both: Path, capability: tuple[int, int]) -> None:
    assert find_make(capability).name == "tensorrt-rtx"


@pytest.mark.parametrize("capability", [(8, 0), (9, 0), (10, 0)])
def test_the_full_sdk_is_taken_for_cards_that_rtx_does_not_support(both: Path, capability: tuple[int, int]) -> None:
    make = find_make(capability)
    assert (make.name, make.version) == ("tensorrt", "10.9.0")
    assert make.why_not(capability) is None


def test_finding_a_make_opens_nothing(both: Path) -> None:
    assert find_make() is not None
    assert "tensorrt" not in sys.modules
    assert "tensorrt_rtx" not in sys.modules


def test_a_module_without_a_package_is_asked_for_its_version(both: Path) -> None:
    (both / "tensorrt-10.9.0.dist-info" / "METADATA").unlink()
    (both / "tensorrt-10.9.0.dist-info").rmdir()
    assert find_make((9, 0)).version == "10.9.0"


def test_a_stub_says_that_it_cannot_be_opened_and_what_to_install(both: Path) -> None:
    (both / "tensorrt" / "__init__.py").write_text("raise RuntimeError('get the wheel elsewhere')\n")
    with pytest.raises(BackendError, match="cannot be opened: get the wheel elsewhere") as caught:
        find_make((9, 0)).load()
    assert (caught.value.code, caught.value.next_step) == ("BE-ABSENT", INSTALL_FULL)


def test_a_data_centre_card_is_told_which_cards_rtx_supports() -> None:
    assert "9.0" in RTX.why_not((9, 0))
    assert "7.5, 8.6, 8.9, 12.0, 12.1" in RTX.why_not((9, 0))


def test_a_capability_that_only_builds_is_not_supported() -> None:
    assert (8, 0) in RTX.builds
    assert not RTX.supports((8, 0))
    assert RTX.why_not((8, 0)) is not None


def test_a_card_from_before_turing_has_no_make() -> None:
    assert FULL.why_not((7, 0)) is not None
    assert what_to_install((7, 0)).startswith("No TensorRT of today runs on compute capability 7.0")


@pytest.mark.parametrize(
    ("capability", "said"), [(None, INSTALL_RTX), ((8, 9), INSTALL_RTX), ((9, 0), INSTALL_FULL), ((8, 0), INSTALL_FULL)]
)
def test_what_to_install_depends_on_the_card(capability: tuple[int, int] | None, said: str) -> None:
    assert what_to_install(capability) == said


@pytest.mark.parametrize("capability", [(7, 5), (12, 1)])
def test_a_capability_is_read_as_it_is_written(capability: tuple[int, int]) -> None:
    assert from_text(as_text(capability)) == capability

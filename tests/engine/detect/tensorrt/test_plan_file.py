from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.detect.tensorrt.plan_file import PlanRejected, read_label, read_plain, seal, secret_of, unseal
from tests.engine.detect.tensorrt.plans import PLAN, label_of

SECRET = bytes(range(32))


def test_a_plan_comes_back_with_its_label() -> None:
    assert unseal(seal(label_of(), PLAN, SECRET), SECRET) == (label_of(), PLAN)


def test_any_changed_byte_breaks_the_seal() -> None:
    sealed = seal(label_of(), PLAN, SECRET)
    for place in [*range(0, len(sealed), 7), len(sealed) - 1]:
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(PlanRejected):
            unseal(bytes(changed), SECRET)


@pytest.mark.parametrize("kept", [0, 10, 48, 60, 300, -1])
def test_a_plan_that_was_cut_off_is_rejected(kept: int) -> None:
    with pytest.raises(PlanRejected):
        unseal(seal(label_of(), PLAN, SECRET)[:kept], SECRET)


def test_bytes_added_at_the_end_are_rejected() -> None:
    with pytest.raises(PlanRejected, match="seal"):
        unseal(seal(label_of(), PLAN, SECRET) + b"\0", SECRET)


def test_a_plan_of_another_home_is_rejected() -> None:
    with pytest.raises(PlanRejected, match="made elsewhere"):
        unseal(seal(label_of(), PLAN, SECRET), bytes(32))


def test_a_bare_plan_is_no_plan_of_this_program() -> None:
    with pytest.raises(PlanRejected, match="no plan of this program"):
        unseal(b"vtrt\0\0\0\0" * 1000, SECRET)


@pytest.mark.parametrize("told", [b"{}", b"[1]", b'"x"', b"{", b'{"key": {"model": 1}}', b"\xff", b"[" * 40_000])
def test_a_label_that_is_none_is_rejected(told: bytes) -> None:
    sealed = seal(label_of(), PLAN, SECRET)
    with pytest.raises(PlanRejected, match="damaged label"):
        read_label(sealed[:48] + len(told).to_bytes(4, "big") + told)


def test_a_label_says_in_plain_text_what_the_plan_is() -> None:
    sealed = seal(label_of(), PLAN, SECRET)
    length = int.from_bytes(sealed[48:52], "big")
    assert json.loads(sealed[52 : 52 + length])["key"]["version"] == "1.7.1.116"


def test_the_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "plans.key"
    first = secret_of(path)
    assert len(first) == 32
    assert secret_of(path) == first
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_secret_that_others_could_read_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "plans.key"
    first = secret_of(path)
    path.chmod(0o644)
    assert secret_of(path) != first
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_damaged_secret_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "plans.key"
    secret_of(path)
    path.write_bytes(b"short")
    assert len(secret_of(path)) == 32


def test_a_link_in_the_place_of_the_secret_is_replaced(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "plans.key", tmp_path / "elsewhere"
    elsewhere.write_bytes(SECRET)
    elsewhere.chmod(0o600)
    path.symlink_to(elsewhere)
    assert secret_of(path) != SECRET
    assert elsewhere.read_bytes() == SECRET


def test_links_are_not_followed_to_a_plan(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(PLAN)
    (tmp_path / "link.plan").symlink_to(tmp_path / "real")
    with pytest.raises(OSError, match=r"link\.plan"):
        read_plain(tmp_path / "link.plan", 100)

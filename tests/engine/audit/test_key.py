import os
import threading

import pytest

from engine.audit.key import load_key, make_key
from engine.errors import StoreError


def test_key_is_private_and_stays(tmp_path):
    path = tmp_path / "keys" / "audit.key"
    before = os.umask(0)
    try:
        make_key(path)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    key = load_key(path)
    make_key(path)
    assert load_key(path) == key
    assert len(key) == 32
    assert [entry.name for entry in path.parent.iterdir()] == ["audit.key"]


def test_of_many_makers_at_once_one_key_comes_out(tmp_path):
    path, seen, start = tmp_path / "audit.key", [], threading.Barrier(8)

    def make():
        start.wait()
        make_key(path)
        seen.append(load_key(path))

    makers = [threading.Thread(target=make) for _ in range(8)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert len(seen) == 8
    assert len(set(seen)) == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["audit.key"]


def test_missing_key_is_not_replaced_silently(tmp_path):
    with pytest.raises(StoreError) as caught:
        load_key(tmp_path / "audit.key")
    assert caught.value.code == "ST-KEY-MISSING"


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_file_of_another_length_is_not_a_key(tmp_path, content):
    path = tmp_path / "audit.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(StoreError, match="does not have 32 bytes") as caught:
        load_key(path)
    assert caught.value.code == "ST-KEY"


def test_key_that_others_may_read_is_refused(tmp_path):
    path = tmp_path / "audit.key"
    make_key(path)
    path.chmod(0o640)
    with pytest.raises(StoreError, match="mode 640, wanted 600") as caught:
        load_key(path)
    assert caught.value.code == "ST-KEY"


def test_key_is_not_taken_through_a_link(tmp_path):
    make_key(tmp_path / "real.key")
    (tmp_path / "audit.key").symlink_to(tmp_path / "real.key")
    with pytest.raises(OSError, match="symbolic"):
        load_key(tmp_path / "audit.key")

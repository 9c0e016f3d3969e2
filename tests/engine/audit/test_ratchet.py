import hashlib
import hmac

import pytest

from engine.audit.ratchet import ChainKey, advanced, load_chain_key, save_chain_key
from engine.errors import StoreError

FIRST = bytes(range(32))


def test_each_key_follows_from_the_one_before_and_is_this_one():
    assert advanced(FIRST, 0) == FIRST
    assert advanced(advanced(FIRST, 2), 3) == advanced(FIRST, 5)
    # HKDF-SHA256 worked out with hmac and hashlib alone: extract with a salt of zeros, expand by one block.
    extracted = hmac.digest(bytes(32), FIRST, "sha256")
    block = hmac.new(extracted, b"fovea audit log, next key\x01", hashlib.sha256).digest()
    assert advanced(FIRST, 1) == block


def test_key_comes_back_from_a_private_file_and_no_repr_shows_it(tmp_path):
    key = ChainKey(3, FIRST, "f" * 64, 3000)
    save_chain_key(tmp_path / "audit.now", key)
    assert load_chain_key(tmp_path / "audit.now") == key
    assert (tmp_path / "audit.now").stat().st_mode & 0o777 == 0o600
    assert FIRST.hex() not in repr(key)
    assert "secret" not in repr(key)


def test_later_key_replaces_an_older_one_and_wipes_it(tmp_path):
    path = tmp_path / "audit.now"
    save_chain_key(path, ChainKey(1, FIRST))
    with path.open("rb") as old:
        save_chain_key(path, ChainKey(2, advanced(FIRST, 1)))
        assert set(old.read()) == {0}
    save_chain_key(path, ChainKey(1, FIRST))
    assert load_chain_key(path).number == 2
    assert FIRST.hex().encode() not in path.read_bytes()


@pytest.mark.parametrize("content", [b"", b"x" * 32, b"{}", b'{"format": "other", "key": "00"}', b"[1]"])
def test_what_is_no_key_is_refused(tmp_path, content):
    (tmp_path / "audit.now").write_bytes(content)
    (tmp_path / "audit.now").chmod(0o600)
    with pytest.raises(StoreError) as caught:
        load_chain_key(tmp_path / "audit.now")
    assert caught.value.code == "ST-KEY"

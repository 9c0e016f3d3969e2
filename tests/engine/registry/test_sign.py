import subprocess

import pytest

from engine.errors import ModelError
from engine.places import RESOURCES
from engine.registry.sign import (
    Signature,
    Trust,
    TrustedKey,
    judge,
    load_signing_key,
    load_trusted_key,
    make_key_pair,
    sign,
    trusted_keys,
)
from tests.engine.registry.models import trust

SUMS = b"0" * 64 + b"  model.onnx\n"


def test_key_pair_signs_and_is_recognised(tmp_path):
    make_key_pair(tmp_path / "maker.key", tmp_path / "maker.pub")
    assert (tmp_path / "maker.key").stat().st_mode & 0o777 == 0o600
    signed = sign(SUMS, load_signing_key(tmp_path / "maker.key"))
    assert judge(SUMS, signed, (load_trusted_key(tmp_path / "maker.pub"),)) == Signature(Trust.TRUSTED, "maker")


def test_key_files_are_never_written_over(tmp_path):
    make_key_pair(tmp_path / "maker.key", tmp_path / "maker.pub")
    before = (tmp_path / "maker.key").read_bytes()
    with pytest.raises(ModelError) as caught:
        make_key_pair(tmp_path / "maker.key", tmp_path / "other.pub")
    assert caught.value.code == "MD-KEYFILE"
    assert (tmp_path / "maker.key").read_bytes() == before


def test_signature_is_the_same_each_time(key):
    assert sign(SUMS, key) == sign(SUMS, key)


def test_whose_signature_it_is_is_told_apart(key, trusted):
    signed = sign(SUMS, key)
    assert judge(SUMS, None, trusted).trust is Trust.UNSIGNED
    assert judge(SUMS, signed, ()) == Signature(Trust.UNKNOWN_KEY, key.public_key().public_bytes_raw().hex())
    assert judge(SUMS + b" ", signed, trusted).trust is Trust.BROKEN


@pytest.mark.parametrize("content", [b"", b"\xff", b"ed25519 00 00", b"one two three", b"ed25519 zz zz", b"a b c d"])
def test_damaged_signature_is_broken_not_unsigned(content, trusted):
    assert judge(SUMS, content, trusted).trust is Trust.BROKEN


def test_signature_of_another_method_is_broken(key, trusted):
    assert judge(SUMS, sign(SUMS, key).replace(b"ed25519", b"ed448"), trusted).trust is Trust.BROKEN


def test_trusted_are_the_bundled_keys_and_those_of_the_home(home, key):
    trust(home, key)
    keys = trusted_keys(home)
    assert TrustedKey("site", key.public_key().public_bytes_raw()) in keys
    assert "fovea-models" in {trusted.name for trusted in keys}


def test_no_private_key_is_shipped():
    for path in (RESOURCES / "keys").iterdir():
        assert b"PRIVATE" not in path.read_bytes()


def test_other_files_are_not_keys(tmp_path):
    make_key_pair(tmp_path / "maker.key", tmp_path / "maker.pub")
    (tmp_path / "text").write_text("no key")
    for load, name in (
        (load_signing_key, "maker.pub"),
        (load_trusted_key, "maker.key"),
        (load_signing_key, "text"),
        (load_trusted_key, "text"),
        (load_signing_key, "nothing"),
        (load_trusted_key, "nothing"),
    ):
        with pytest.raises(ModelError) as caught:
            load(tmp_path / name)
        assert caught.value.code == "MD-KEYFILE"


def test_key_made_by_openssl_works(tmp_path):
    private, public = tmp_path / "k.pem", tmp_path / "k.pub"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", private], check=True, capture_output=True)
    subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], check=True, capture_output=True)
    signed = sign(SUMS, load_signing_key(private))
    assert judge(SUMS, signed, (load_trusted_key(public),)).trust is Trust.TRUSTED

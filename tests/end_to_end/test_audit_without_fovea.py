"""An exported log is checked by what `docs/data.md` says of it alone: no code of the program takes part in that."""

import hashlib
import hmac
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.cli.main import main
from engine.store.database import open_store
from engine.store.outcomes import record
from tests.engine.store.answers import answered, arrival, photograph

_COLUMNS = ("seq", "at", "actor", "action", "subject", "detail", "previous")
_SIGNED = ("number", "follows", "origin", "count", "head", "at", "public_key")


def compact(value):
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def faults(entries, seals, key):
    """Numbers of the entries, and those of the seals, that do not hold."""
    by_count = {seal["count"]: seal for seal in seals}
    wrong, previous = [], "0" * 64
    for number, entry in enumerate(entries, start=1):
        form = compact(["fovea-audit-1", *(entry[column] for column in _COLUMNS)])
        sound = hmac.digest(key, form, "sha256").hex() == entry["mac"]
        if not sound or (entry["seq"], entry["previous"]) != (number, previous):
            wrong.append(entry["seq"])
        previous = hashlib.sha256(form + b"\n" + entry["mac"].encode("ascii")).hexdigest()
        if (seal := by_count.get(number)) is not None:
            if seal["head"] != previous:
                wrong.append(f"seal {seal['number']}")
            signer = Ed25519PublicKey.from_public_bytes(bytes.fromhex(seal["public_key"]))
            signed = compact(["fovea-audit-seal-1", *(seal[column] for column in _SIGNED)])
            signer.verify(bytes.fromhex(seal["signature"]), signed)
            key = HKDF(SHA256(), 32, salt=None, info=b"fovea audit log, next key").derive(key)
    return wrong


@pytest.fixture
def exported(home, tmp_path):
    """Entries, seals and first key of a home that was opened twice."""
    for _ in range(2):
        with open_store(home) as store:
            record(store, came := arrival(), photograph(), answered(came))
    assert main(["audit", "setup", "--out", str(tmp_path / "first.key")]) == 0
    assert main(["export", "audit", "--form", "jsonl", "--out", str(tmp_path / "out")]) == 0
    lines = {
        name: [json.loads(line) for line in (tmp_path / "out" / f"{name}.jsonl").read_text().splitlines()]
        for name in ("audit", "seals")
    }
    return lines["audit"], lines["seals"], bytes.fromhex("".join((tmp_path / "first.key").read_text().split()))


def test_an_exported_log_holds_by_the_page_alone_and_a_change_of_it_shows(exported):
    entries, seals, key = exported
    assert len(seals) == 3
    assert faults(entries, seals, key) == []
    entries[2] |= {"actor": "somebody"}
    assert faults(entries, seals, key)[:2] == [3, "seal 2"]

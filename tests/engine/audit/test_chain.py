from datetime import UTC, datetime, timedelta

from engine.audit.chain import ORIGIN, digest, end_of, link, mac_holds
from engine.audit.log import AuditDraft, canonical

KEY = b"k" * 32
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def chain(length, key=KEY):
    entries = []
    for number in range(length):
        draft = AuditDraft("fovea", "outcome.recorded", f"arrival {number}", {"number": number})
        end = end_of(entries[-1]) if entries else ORIGIN
        entries.append(link(draft, NOON + timedelta(seconds=number), end, key))
    return entries


def test_entries_are_numbered_from_one_and_name_their_predecessor():
    first, second = chain(2)
    assert (first.seq, second.seq) == (1, 2)
    assert first.previous == "0" * 64
    assert second.previous == digest(first)


def test_same_entries_give_the_same_macs():
    assert chain(3) == chain(3)


def test_mac_is_made_with_the_key_alone():
    (entry,) = chain(1)
    assert mac_holds(canonical(entry), entry.mac, KEY)
    assert not mac_holds(canonical(entry), entry.mac, b"x" * 32)
    assert not mac_holds(canonical(entry) + b" ", entry.mac, KEY)

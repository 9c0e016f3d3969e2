from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.audit.chain import ORIGIN, End, digest, end_of, link
from engine.audit.examine import Break, Examination, Keys, Tampering, broken_seal, seal_of_another
from engine.audit.log import AuditDraft
from engine.audit.ratchet import ChainKey, advanced
from engine.audit.seal import Seal, Sealer
from tests.engine.audit.test_chain import KEY, NOON, chain


class Listed:
    """A log in memory, as the database would hold it."""

    def __init__(self, entries):
        self.entries = sorted(entries, key=lambda entry: entry.seq)

    def in_order(self, first, last):
        return iter([entry for entry in self.entries if (first == 1 or entry.seq >= first) and entry.seq <= last])

    def at(self, seq):
        return next((entry for entry in self.entries if entry.seq == seq), None)

    def following(self, digest):
        return [entry for entry in self.entries if entry.previous == digest]


def _found(entries, keys, seals):
    """What one walk finds, which two find as well, wherever the log is cut between them."""
    log = Listed(entries)
    whole = Examination(log, keys, seals).first_break()
    for cut in range(1, max(entry.seq for entry in entries)):
        parts = [Examination(log, keys, seals) for _ in range(2)]
        assert (parts[0].first_break(last=cut) or parts[1].first_break(first=cut + 1)) == whole
    return whole


def _keyed(entries):
    return _found(entries, Keys(ChainKey(0, KEY), (), None), ())


@pytest.fixture
def sealed(tmp_path):
    """Twelve entries sealed after 5 and 10: the seals, and the entries of three keys."""
    sealer, entries, seals = Sealer(tmp_path / "seal.key", new=True), [], []
    for number in range(3):
        for _ in range((5, 5, 2)[number]):
            draft = AuditDraft("fovea", "study.viewed", f"arrival {len(entries)}", {})
            end = end_of(entries[-1]) if entries else ORIGIN
            entries.append(link(draft, NOON, end, advanced(KEY, number)))
        if number < 2:
            statement = Seal(number + 1, number, entries[0].mac, len(entries), digest(entries[-1]), "noon")
            seals.append(sealer.sign(statement))
    return entries, seals


def _unkeyed(entries, seals):
    """Only the key of now is at hand, as on a machine whose first key was handed over."""
    keys = Keys(ChainKey(2, advanced(KEY, 2)), seals, None)
    return _found(entries, keys, seals)


def test_untouched_log_holds():
    assert _keyed(chain(5)) is None


def test_untouched_sealed_log_holds_with_the_first_key_and_without(sealed):
    entries, seals = sealed
    assert _unkeyed(entries, seals) is None
    examination = Examination(Listed(entries), Keys(None, seals, KEY), seals)
    assert examination.first_break() is None
    assert examination.count == 12


@pytest.mark.parametrize(
    "changes",
    [
        {"at": "2026-01-31T12:00:00.000000Z"},
        {"actor": b"fovea"},
        {"subject": None},
        {"mac": None},
        {"actor": "somebody"},
        {"action": "nothing"},
        {"subject": "other"},
        {"detail": "{}"},
        {"mac": "0" * 64},
        {"mac": "\u00e9"},
        {"mac": ""},
        {"previous": "0" * 64},
    ],
)
def test_changed_entry_is_named(changes):
    entries = chain(4)
    entries[2] = replace(entries[2], **changes)
    found = _keyed(entries)
    assert (found.seq, found.kind) == (3, Tampering.CHANGED)


def _changed(entries):
    entries[2] = replace(entries[2], actor="somebody")


def _removed(entries):
    del entries[2]


def _removed_and_renumbered(entries):
    entries[2:] = [replace(entry, seq=entry.seq - 1) for entry in entries[3:]]


def _inserted(entries):
    forged = replace(entries[2], subject="forged", mac="ab" * 32)
    entries[2:] = [forged, *(replace(entry, seq=entry.seq + 1) for entry in entries[2:])]


def _swapped(entries):
    entries[2], entries[3] = replace(entries[3], seq=3), replace(entries[2], seq=4)


def _moved_away(entries):
    entries.append(replace(entries.pop(2), seq=99))


@pytest.mark.parametrize(
    ("tamper", "kind"),
    [
        (_changed, Tampering.CHANGED),
        (_removed, Tampering.REMOVED),
        (_removed_and_renumbered, Tampering.REMOVED),
        (_inserted, Tampering.INSERTED),
        (_swapped, Tampering.REORDERED),
        (_moved_away, Tampering.REORDERED),
    ],
)
def test_what_was_done_is_named_with_the_keys_and_without(sealed, tamper, kind):
    entries, seals = sealed
    tampered = list(entries)
    tamper(tampered)
    with_first_key = _found(tampered, Keys(None, seals, KEY), seals)
    assert (with_first_key.seq, with_first_key.kind) == (3, kind)
    without = _unkeyed(tampered, seals)
    assert (without.seq, without.kind) == (3, kind)


def test_last_entry_before_a_seal_cannot_change(sealed):
    entries, seals = sealed
    entries[4] = replace(entries[4], actor="somebody")
    found = _unkeyed(entries, seals)
    assert (found.seq, found.kind) == (5, Tampering.CHANGED)


def test_log_written_anew_with_the_key_of_now_shows_by_its_seals(sealed):
    entries, seals = sealed
    stolen, forged = advanced(KEY, 2), []
    for entry in entries:
        end = end_of(forged[-1]) if forged else ORIGIN
        forged.append(link(AuditDraft("nobody", entry.action, entry.subject, {}), NOON, end, stolen))
    assert _unkeyed(forged, seals).seq == 5
    assert Examination(Listed(forged), Keys(None, seals, KEY), seals).first_break().seq == 1


def test_entry_of_another_log_with_the_same_key_was_inserted():
    entries = chain(4)
    other = link(AuditDraft("a", "b", "c", {}), NOON, End(1, "f" * 64), KEY)
    entries[1] = other
    assert _keyed(entries) == Break(
        2, Tampering.INSERTED, "does not follow the entry before it: it comes from another log"
    )


def test_log_written_with_another_key_does_not_hold():
    assert _keyed(chain(2, key=b"x" * 32)).seq == 1


def test_seals_hold_as_they_were_made_and_not_otherwise(sealed):
    _, (first, second) = sealed
    now = ChainKey(2, KEY, sealed=10)
    assert broken_seal((first, second), now) is None
    changed = broken_seal((first, replace(second, count=9)), now)
    assert (changed.seq, changed.kind) == (9, Tampering.CHANGED)
    assert broken_seal((second,), now).kind is Tampering.REMOVED
    assert broken_seal((first,), now) == Break(10, Tampering.REMOVED, "ended at seal 2, which is missing")


def test_seal_of_another_log_or_signer_is_told(sealed, tmp_path):
    _, seals = sealed
    origin = seals[0].origin
    stranger = Sealer(tmp_path / "other.key", new=True)
    assert seal_of_another(seals, seals, origin) is None
    assert seal_of_another(seals, seals, "f" * 64).kind is Tampering.OTHER_DATABASE
    assert seal_of_another(seals, [stranger.sign(seals[0])], origin).kind is Tampering.OTHER_DATABASE
    assert seal_of_another(seals, [replace(seals[0], count=1)], origin).kind is Tampering.CHANGED


@settings(deadline=None)  # a busy machine is no fault of the chain
@given(st.integers(1, 6), st.data())
def test_no_single_change_goes_unnoticed(length, data):
    entries = chain(length)
    at = data.draw(st.integers(0, length - 1))
    field = data.draw(st.sampled_from(["actor", "action", "subject", "detail", "previous", "mac"]))
    text = data.draw(st.text(max_size=8))
    if getattr(entries[at], field) != text:
        entries[at] = replace(entries[at], **{field: text})
        assert _keyed(entries).seq == at + 1

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.audit.chain import ORIGIN, Break, digest, first_break, link
from engine.audit.log import AuditDraft

KEY = b"k" * 32
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def _chain(length, key=KEY):
    entries = []
    for number in range(length):
        draft = AuditDraft("fovea", "outcome.recorded", f"arrival {number}", {"number": number})
        entries.append(link(draft, NOON + timedelta(seconds=number), entries[-1] if entries else None, key))
    return entries


def test_entries_are_numbered_from_one_and_name_their_predecessor():
    first, second = _chain(2)
    assert (first.seq, second.seq) == (1, 2)
    assert first.previous == ORIGIN
    assert second.previous == digest(first)


def test_untouched_chain_holds():
    assert first_break(_chain(5), KEY) is None


def test_same_entries_give_the_same_macs():
    assert _chain(3) == _chain(3)


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
        {"previous": ORIGIN},
        {"mac": "0" * 64},
        {"mac": "\u00e9"},
        {"mac": ""},
    ],
)
def test_changed_entry_is_named(changes):
    chain = _chain(4)
    chain[2] = replace(chain[2], **changes)
    found = first_break(chain, KEY)
    assert found.seq == 3
    assert "was changed" in found.how


def test_removed_entry_is_named():
    chain = _chain(4)
    del chain[1]
    assert first_break(chain, KEY) == Break(2, "is missing: entry 3 stands in its place")


def test_entry_of_another_chain_with_the_same_key_does_not_follow():
    chain, other = _chain(4), [link(AuditDraft("a", "b", "c", {}), NOON, None, KEY)]
    other.append(link(AuditDraft("a", "b", "c", {}), NOON, other[0], KEY))
    chain[1] = other[1]
    found = first_break(chain, KEY)
    assert found.seq == 2
    assert "does not follow" in found.how


def test_swapped_entries_are_noticed():
    chain = _chain(4)
    chain[1], chain[2] = replace(chain[2], seq=2), replace(chain[1], seq=3)
    assert first_break(chain, KEY).seq == 2


def test_empty_log_does_not_hold():
    assert first_break([], KEY) == Break(1, "is missing: the log is empty")


def test_chain_written_with_another_key_does_not_hold():
    assert first_break(_chain(2, key=b"x" * 32), KEY).seq == 1


@settings(deadline=None)  # a busy machine is no fault of the chain
@given(st.integers(1, 6), st.data())
def test_no_single_change_goes_unnoticed(length, data):
    chain = _chain(length)
    at = data.draw(st.integers(0, length - 1))
    field = data.draw(st.sampled_from(["actor", "action", "subject", "detail", "previous", "mac"]))
    text = data.draw(st.text(max_size=8))
    if getattr(chain[at], field) != text:
        chain[at] = replace(chain[at], **{field: text})
        assert first_break(chain, KEY).seq == at + 1

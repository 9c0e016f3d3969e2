from datetime import UTC, datetime, timedelta, timezone

import pytest

from engine.audit.log import AuditEntry, canonical, canonical_json, utc_text

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def test_canonical_form_is_this_one_and_stays_it():
    entry = AuditEntry(7, utc_text(NOON), "fovea", "outcome.recorded", "Prüfung", '{"a":1}', "0" * 64, "f" * 64)
    assert canonical(entry) == (
        b'["fovea-audit-1",7,"2026-01-31T12:00:00.000000Z","fovea","outcome.recorded","Pr\\u00fcfung","{\\"a\\":1}","'
        + b"0" * 64
        + b'"]'
    )


def test_fields_cannot_be_shifted_into_each_other():
    one = AuditEntry(1, "", 'a","b', "c", "", "{}", "", "")
    other = AuditEntry(1, "", "a", 'b","c', "", "{}", "", "")
    assert canonical(one) != canonical(other)


def test_equal_details_have_equal_text():
    assert canonical_json({"b": 1, "a": [None, True, 0.1]}) == canonical_json({"a": [None, True, 0.1], "b": 1})
    assert canonical_json({"b": 1, "a": [None, True, 0.1]}) == '{"a":[null,true,0.1],"b":1}'


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_number_that_json_cannot_hold_is_refused(number):
    with pytest.raises(ValueError, match="JSON"):
        canonical_json({"a": number})


def test_time_is_written_in_utc_with_fixed_width():
    assert utc_text(NOON) == "2026-01-31T12:00:00.000000Z"
    assert utc_text(datetime(2026, 1, 31, 14, tzinfo=timezone(timedelta(hours=2)))) == utc_text(NOON)


def test_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        utc_text(datetime(2026, 1, 31, 12))

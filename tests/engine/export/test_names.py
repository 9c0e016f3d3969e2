from datetime import UTC, datetime, timedelta

import pytest
from pydicom.uid import UID

from engine.export.names import Names, pseudonyms_of

MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def names():
    return Names(b"k" * 32)


def test_as_recorded_nothing_changes():
    plain = Names()
    assert (plain.of("patient", "DOE^JANE"), plain.uid("1.2.3"), plain.words("a word")) == (
        "DOE^JANE",
        "1.2.3",
        "a word",
    )
    assert plain.moved(MOMENT, "anyone") == MOMENT


def test_one_thing_has_one_pseudonym_and_two_have_two(names):
    assert names.of("patient", "DOE^JANE") == names.of("patient", "DOE^JANE")
    assert len({names.of("patient", f"DOE^{number}") for number in range(1000)}) == 1000
    assert names.of("operator", "DOE^JANE") != names.of("patient", "DOE^JANE").replace("patient", "operator")


def test_another_home_has_other_pseudonyms(names):
    assert Names(b"j" * 32).uid("1.2.3") != names.uid("1.2.3")


def test_mapped_uids_are_sound_and_public_ones_stay(names):
    mapped = [names.uid(f"1.2.840.113619.{number}") for number in range(200)]
    assert all(UID(uid).is_valid and len(uid) <= 64 for uid in mapped)
    assert len(set(mapped)) == 200
    assert names.uid("1.2.840.10008.5.1.4.1.1.2") == "1.2.840.10008.5.1.4.1.1.2"


def test_dates_of_one_person_move_together_back_by_whole_days(names):
    shifts = {names.shift(f"patient {number}") for number in range(300)}
    assert len(shifts) > 250
    assert all(timedelta(days=-3650) <= shift <= timedelta(days=-1) and shift.seconds == 0 for shift in shifts)
    later = MOMENT + timedelta(days=9)
    assert names.moved(later, "p") - names.moved(MOMENT, "p") == timedelta(days=9)


def test_a_home_keeps_its_pseudonyms(home):
    assert pseudonyms_of(home).uid("1.2.3") == pseudonyms_of(home).uid("1.2.3")
    assert (home.keys / "deidentify.key").stat().st_mode & 0o777 == 0o600
    assert str(pseudonyms_of(home).secret) not in repr(pseudonyms_of(home))

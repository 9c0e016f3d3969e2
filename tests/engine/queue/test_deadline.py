"""When an answer is due, and what is told of a study before it is read."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.intake.entry import Entry
from engine.intake.find import Found, find
from engine.queue.deadline import DeadlineRule, is_long, prospect_of

SEEN = datetime(2026, 3, 2, 12, tzinfo=UTC)
TAKEN = SEEN - timedelta(minutes=2)


@pytest.mark.parametrize(("kind", "seconds"), [("volume", 180), ("stack", 180), ("image", 10), ("photograph", 10)])
def test_volumes_are_due_in_three_minutes_and_pictures_in_ten_seconds(kind, seconds):
    assert DeadlineRule().due(kind, SEEN, TAKEN) == SEEN + timedelta(seconds=seconds)


def test_by_setting_the_time_counts_from_when_it_was_taken():
    rule = DeadlineRule(volume_s=300.0, counts_from="acquired")
    assert rule.due("volume", SEEN, TAKEN) == TAKEN + timedelta(seconds=300)
    assert rule.due("volume", SEEN, None) == SEEN + timedelta(seconds=300)


def test_a_scanner_whose_clock_is_ahead_gives_no_more_time():
    rule = DeadlineRule(counts_from="acquired")
    assert rule.due("image", SEEN, SEEN + timedelta(hours=1)) == SEEN + timedelta(seconds=10)


def test_a_photograph_is_told_by_its_first_bytes(tmp_path):
    picture = tmp_path / "no-suffix"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(92))
    prospect = prospect_of(Found("x", picture))
    assert (prospect.kind, prospect.stored_bytes, prospect.acquired_at) == ("photograph", 100, None)


def test_several_files_and_volume_files_are_volumes(tmp_path):
    names = [tmp_path / name for name in ("1.dcm", "2.dcm", "brain.NII.GZ")]
    for name in names:
        name.write_bytes(bytes(10))
    series = Found("x", tmp_path, files=tuple(Entry(name) for name in names[:2]))
    assert (prospect_of(series).kind, prospect_of(series).stored_bytes) == ("volume", 20)
    assert prospect_of(Found("x", names[2])).kind == "volume"


def test_a_real_series_is_a_volume_and_says_when_it_was_taken(shared):
    (series,) = find([shared / "data" / "dicom" / "series" / "ct_philips_phantom_54"])
    prospect = prospect_of(series)
    assert is_long(prospect.kind)
    assert prospect.stored_bytes == sum(entry.path.stat().st_size for entry in series.files)
    assert datetime(1990, 1, 1, tzinfo=UTC) < prospect.acquired_at < SEEN


def test_a_file_that_is_gone_costs_nothing_to_ask_for(tmp_path):
    assert prospect_of(Found("x", tmp_path / "gone.png")).stored_bytes == 0

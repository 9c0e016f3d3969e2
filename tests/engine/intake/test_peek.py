"""Looking into a file reads no more of it than is asked for, and never waits for a pipe."""

from __future__ import annotations

import os
import zipfile

import pytest

from engine.intake.entry import Entry
from engine.intake.limits import Limits
from engine.intake.peek import head_of, peeked

DATA = bytes(range(256)) * 400


@pytest.fixture(params=["file", "member"])
def entry(request, tmp_path) -> Entry:
    """The same bytes on disk and in an archive."""
    (tmp_path / "a").write_bytes(DATA)
    if request.param == "file":
        return Entry(tmp_path / "a")
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "a", "a")
    return Entry(tmp_path / "a.zip", "a")


def test_bytes_come_from_the_first_on_and_as_many_as_are_asked_for(entry):
    with peeked(entry) as peek:
        assert peek is not None
        for size_bytes in (10, 5000, 10, 60_000, 10**12):
            upto = peek.upto(size_bytes)
            assert len(upto) >= min(size_bytes, len(DATA))
            assert DATA.startswith(upto)
        with peek.file(Limits()) as file:
            assert file.read() == DATA


def test_a_little_is_read_where_a_little_is_asked_for(entry):
    with peeked(entry) as peek:
        assert peek is not None
        assert len(peek.upto(100)) < len(DATA) / 2


def test_a_long_header_asked_for_bit_by_bit_is_not_read_anew_each_time(tmp_path):
    (tmp_path / "a").write_bytes(bytes(8 << 20))
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "a", "a")
    for entry in (Entry(tmp_path / "a"), Entry(tmp_path / "a.zip", "a")):
        with peeked(entry) as peek:
            assert peek is not None
            lengths = {len(peek.upto(size_bytes)) for size_bytes in range(1000, 8 << 20, 1000)}
        assert len(lengths) < 20


def test_the_head_is_exactly_as_long_as_asked(entry):
    assert head_of(entry, 100) == DATA[:100]
    assert head_of(entry, 10**6) == DATA


@pytest.mark.timeout(20)
def test_pipes_and_folders_have_no_head(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert head_of(Entry(tmp_path / "pipe"), 10) == b""
    assert head_of(Entry(tmp_path), 10) == b""


def test_what_is_not_there_cannot_be_opened(tmp_path):
    (tmp_path / "a").write_bytes(b"PK\x05\x06" + bytes(18))
    for entry in (Entry(tmp_path / "gone"), Entry(tmp_path / "gone.zip", "a"), Entry(tmp_path / "a", "member")):
        with pytest.raises(FileNotFoundError):
            head_of(entry, 10)

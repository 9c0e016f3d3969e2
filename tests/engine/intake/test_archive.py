"""Zip archives: what they hold, one member's bytes, and what of them is refused before it is inflated."""

from __future__ import annotations

import stat
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import InputError
from engine.intake.archive import MemberHead, member_bytes, members
from engine.intake.entry import Entry
from engine.intake.limits import Limits

WORDS = b"one picture " * 5000


def packed(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def listed(path: Path, limits: Limits | None = None) -> list[str]:
    """Names, with the code of what is refused."""
    items = members(path, limits or Limits())
    return [item.member if isinstance(item, Entry) else f"{item[0].member or '*'} {item[1].code}" for item in items]


def code_of(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as caught:
        listed(path, limits)
    return caught.value.code


def only(path: Path) -> Entry:
    (entry,) = members(path, Limits())
    assert isinstance(entry, Entry)
    return entry


def test_members_come_in_the_order_of_a_folder_and_folders_are_left_out(tmp_path):
    names = ["b.png", "B.png", "a/z.png", "a/10.png", "a/9.png", "a.png", "empty/"]
    path = packed(tmp_path / "a.zip", dict.fromkeys(names, b"x"))
    assert listed(path) == ["B.png", "a/10.png", "a/9.png", "a/z.png", "a.png", "b.png"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_member_is_read_as_it_was_packed(tmp_path, method):
    entry = only(packed(tmp_path / "a.zip", {"in/a.txt": WORDS}, method))
    assert member_bytes(entry, Limits()) == WORDS
    assert member_bytes(Entry(entry.path, entry.member), Limits()) == WORDS, "looked up by its name"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_beginning_of_a_member_is_inflated_as_far_as_it_is_asked_for(tmp_path, method):
    head = MemberHead(only(packed(tmp_path / "a.zip", {"a": WORDS}, method)))
    for size_bytes in (1, 100, 50_000):
        upto = head.upto(size_bytes)
        assert size_bytes <= len(upto) < len(WORDS)
        assert WORDS.startswith(upto)
    assert head.upto(10**9) == WORDS


def test_an_archive_behind_other_bytes_is_read(tmp_path):
    path = packed(tmp_path / "a.zip", {"a": WORDS})
    path.write_bytes(b"MZ program that extracts itself" + path.read_bytes())
    assert member_bytes(only(path), Limits()) == WORDS


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_are_there_several_times_are_refused_each(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in ("a", "a", "b"):
            archive.writestr(name, b"1")
    assert listed(tmp_path / "a.zip") == ["a IN-ZIP-NAMES", "a IN-ZIP-NAMES", "b"]


def test_links_are_refused(tmp_path):
    info = zipfile.ZipInfo("link.png")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert listed(tmp_path / "a.zip") == ["link.png IN-SPECIAL"]


def test_encrypted_members_are_refused_together(tmp_path):
    path = packed(tmp_path / "a.zip", {"a.png": b"1", "b.png": b"2", "c.png": b"3"}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    for name in (b"a.png", b"b.png"):
        at = data.rindex(name)
        data[at - 46 + 8] |= 1  # general purpose flag of the central directory, bit 0
    path.write_bytes(data)
    assert listed(path) == ["* IN-ZIP-ENCRYPTED", "c.png"]
    (refusal, *_) = [item[1] for item in members(path, Limits()) if not isinstance(item, Entry)]
    assert "2 files that are encrypted, the first is a.png" in refusal.message


def test_members_of_other_methods_are_refused_together(tmp_path):
    path = packed(tmp_path / "a.zip", {"a.png": WORDS, "b.png": WORDS}, zipfile.ZIP_LZMA)
    assert listed(path) == ["* IN-ZIP-METHOD"]


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + bytes(500), b"PK\x05\x06" + bytes(10)])
def test_a_damaged_list_is_refused(tmp_path, content):
    (tmp_path / "a.zip").write_bytes(content)
    assert code_of(tmp_path / "a.zip") == "IN-ZIP-DAMAGED"


def test_every_cut_of_an_archive_is_refused(tmp_path):
    data = packed(tmp_path / "a.zip", {"a": b"1", "b": b"2"}).read_bytes()
    for length in range(4, len(data)):
        (tmp_path / "cut.zip").write_bytes(data[:length])
        assert code_of(tmp_path / "cut.zip") == "IN-ZIP-DAMAGED"


def test_a_list_that_claims_to_be_huge_is_refused_before_it_is_read(tmp_path):
    path = packed(tmp_path / "a.zip", {"a": b"1"})
    data = bytearray(path.read_bytes())
    end = data.rindex(b"PK\x05\x06")
    at = int.from_bytes(data[end + 16 : end + 20], "little")
    data[at:at] = bytes(64 << 20)
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = (end - at).to_bytes(4, "little")
    path.write_bytes(data)
    assert code_of(path) == "IN-ZIP-DAMAGED"


def test_a_member_that_is_damaged_is_refused(tmp_path):
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        path = packed(tmp_path / "a.zip", {"a": WORDS}, method)
        data = bytearray(path.read_bytes())
        data[60] ^= 0xFF
        path.write_bytes(data)
        with pytest.raises(InputError) as caught:
            member_bytes(only(path), Limits())
        assert caught.value.code == "IN-ZIP-DAMAGED"


def test_a_member_that_inflates_past_its_claim_is_refused_without_inflating_it(tmp_path):
    entry = only(packed(tmp_path / "a.zip", {"a": bytes(50 << 20)}))
    assert entry.place is not None
    small = Entry(entry.path, entry.member, replace(entry.place, size_bytes=1000, crc=zlib.crc32(bytes(1000))))
    with pytest.raises(InputError) as caught:
        member_bytes(small, Limits())
    assert caught.value.code == "IN-ZIP-DAMAGED"
    assert len(MemberHead(small).upto(10**9)) == 1001


def test_an_empty_member_and_one_over_the_limit_are_refused(tmp_path):
    for data, limits, code in ((b"", Limits(), "IN-EMPTY"), (WORDS, Limits(file_bytes=100), "IN-FILE-SIZE")):
        entry = only(packed(tmp_path / "a.zip", {"a": data}))
        with pytest.raises(InputError) as caught:
            member_bytes(entry, limits)
        assert caught.value.code == code


def test_bombs_are_refused_by_ratio_by_total_and_by_count(tmp_path):
    path = packed(tmp_path / "a.zip", {f"{number}.png": bytes(100 << 20) for number in range(3)})
    assert code_of(path) == "IN-ZIP-SIZE"
    assert len(listed(path, Limits(archive_ratio=2000))) == 3
    assert code_of(path, Limits(archive_ratio=2000, archive_bytes=200 << 20)) == "IN-ZIP-SIZE"
    assert code_of(path, Limits(archive_ratio=2000, archive_files=2)) == "IN-ZIP-SIZE"


def test_members_that_share_their_bytes_are_refused(tmp_path):
    path = packed(tmp_path / "a.zip", {"a": b"0123456789", "b": b"0123456789"}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"b", 0, data.rindex(b"PK\x05\x06")) - 4
    data[at : at + 4] = bytes(4)  # the second member's header is said to be the first's
    path.write_bytes(data)
    assert code_of(path) == "IN-ZIP-DAMAGED"


def test_an_archive_that_was_replaced_since_it_was_listed_gives_no_other_pixels(tmp_path):
    entry = only(packed(tmp_path / "a.zip", {"a": WORDS}))
    packed(tmp_path / "a.zip", {"a": WORDS[::-1]})
    with pytest.raises(InputError) as caught:
        member_bytes(entry, Limits())
    assert caught.value.code == "IN-ZIP-DAMAGED"


def test_a_member_that_is_not_there_is_not_found(tmp_path):
    packed(tmp_path / "a.zip", {"a": WORDS})
    with pytest.raises(FileNotFoundError):
        member_bytes(Entry(tmp_path / "a.zip", "b"), Limits())

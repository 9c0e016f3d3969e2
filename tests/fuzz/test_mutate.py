"""Damage is random but always the same, and reaches behind checksums."""

from __future__ import annotations

import gzip
import random
import struct
import zipfile
import zlib
from io import BytesIO

import pytest

from tests.fuzz.cases import case
from tests.fuzz.mutate import mutated
from tests.fuzz.seeds import all_seeds


def first(form: str) -> bytes:
    return next(seed.files[0][1] for seed in all_seeds() if seed.form == form)


def damaged_often(data: bytes, times: int = 200) -> list[tuple[bytes, str]]:
    return [mutated(data, b"another file", random.Random(number)) for number in range(times)]


def test_a_case_follows_from_seed_and_number_alone() -> None:
    assert case(3, 41) == case(3, 41)
    assert len({case(3, number).files for number in range(50)}) == 50
    assert case(3, 41).files != case(4, 41).files


@pytest.mark.parametrize("data", [b"\0", b"ab", bytes(range(256)) * 20])
def test_files_of_any_length_can_be_damaged(data: bytes) -> None:
    results = damaged_often(data)
    assert len({result for result, _ in results}) > 20


def test_every_kind_of_damage_comes_and_nearly_every_file_is_changed() -> None:
    data = first("DICOM implicit")
    results = damaged_often(data)
    assert sum(result == data for result, _ in results) < 20
    kinds = {kind for _, done in results for kind in done.split(", ")}
    assert kinds == {
        "bits", "bytes", "payload", "cut", "extreme", "length", "written number", "splice", "twice", "swap", "gap",
        "noise",
    }  # fmt: skip


def checksums_hold(png: bytes) -> bool:
    at = 8
    while at + 12 <= len(png):
        (length,) = struct.unpack_from(">I", png, at)
        if at + 12 + length > len(png):
            return True
        if struct.unpack_from(">I", png, at + 8 + length) != (zlib.crc32(png[at + 4 : at + 8 + length]),):
            return False
        at += 12 + length
    return True


def test_a_png_is_also_damaged_behind_its_checksums() -> None:
    results = damaged_often(first("PNG"))
    mended = [result for result, done in results if done.endswith("checksums right")]
    assert len(mended) > 100
    assert all(checksums_hold(result) for result in mended)
    assert not all(checksums_hold(result) for result, _ in results)


def test_what_is_in_gzip_and_zip_is_also_damaged_before_it_is_packed() -> None:
    packed = gzip.compress(b"voxels" * 100, mtime=0)
    inside = [gzip.decompress(data) for data, done in damaged_often(packed) if done.endswith("packed again")]
    assert len(inside) > 50
    assert b"voxels" * 100 not in inside[:1]
    archives = [data for data, done in damaged_often(first("zip"), 40) if done.endswith("packed again")]
    assert len(archives) > 10
    for data in archives:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            assert archive.testzip() is None

"""Encapsulated frames: cut by offset tables, or by how their streams begin, and refused where neither settles it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from itertools import accumulate

import imagecodecs
import numpy as np
import pytest
from pydicom import Dataset

from engine.errors import InputError
from engine.intake.dicom.decode import read_dicom
from engine.intake.dicom.fragments import fragments_in
from engine.intake.limits import Limits
from tests.engine.intake.dicom.build import DEFLATED_FRAMES, changed, compressed, multiframe, stored

FRAMES = np.random.default_rng(5).integers(0, 256, (4, 20, 24), dtype=np.uint8)
END = struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)

RLE, JPEG_LOSSLESS, JPEG_LS = "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.80"
JPEG_2000 = "1.2.840.10008.1.2.4.90"


def item(data: bytes) -> bytes:
    return struct.pack("<HHI", 0xFFFE, 0xE000, len(data)) + data


def even(data: bytes) -> bytes:
    return data + b"\0" * (len(data) % 2)


def run_lengths(frame: np.ndarray) -> bytes:
    return even(struct.pack("<16I", 1, 64, *[0] * 14) + imagecodecs.packbits_encode(frame))


ENCODERS = {
    RLE: run_lengths,
    JPEG_LOSSLESS: lambda frame: even(imagecodecs.jpeg8_encode(frame, lossless=True)),
    JPEG_LS: lambda frame: even(imagecodecs.jpegls_encode(frame)),
    JPEG_2000: lambda frame: even(imagecodecs.jpeg2k_encode(frame, level=0, reversible=True)),
}


def cut(stream: bytes, pieces: int) -> list[bytes]:
    """Into so many fragments of even length."""
    size = -(-len(stream) // (2 * pieces)) * 2
    return [stream[at : at + size] for at in range(0, len(stream), size)]


def file_of(syntax: str, fragments: Sequence[Sequence[bytes]], table: bytes = b"", **elements: object) -> Dataset:
    """A file of four frames, the fragments of each given."""
    dataset = compressed(multiframe(FRAMES), syntax, bytes(2))
    items = [item(fragment) for frame in fragments for fragment in frame]
    dataset.PixelData = item(table) + b"".join(items) + END
    return changed(dataset, **elements)


def offsets_of(fragments: Sequence[Sequence[bytes]]) -> list[int]:
    sizes = [sum(8 + len(fragment) for fragment in frame) for frame in fragments]
    return [0, *accumulate(sizes)][:-1]


def read(dataset: Dataset) -> np.ndarray:
    return read_dicom(stored(dataset), "a.dcm", Limits()).stored


def code_of(dataset: Dataset) -> str:
    with pytest.raises(InputError) as caught:
        read(dataset)
    assert caught.value.next_step
    return caught.value.code


@pytest.mark.parametrize("pieces", [1, 3])
@pytest.mark.parametrize("table", ["none", "basic"])
@pytest.mark.parametrize("syntax", ENCODERS)
def test_frames_of_one_fragment_or_several_are_found_with_and_without_a_table(syntax, table, pieces):
    fragments = [cut(ENCODERS[syntax](frame), pieces) for frame in FRAMES]
    offsets = struct.pack("<4I", *offsets_of(fragments)) if table == "basic" else b""
    np.testing.assert_array_equal(read(file_of(syntax, fragments, offsets)), FRAMES)


def test_frames_are_found_by_the_extended_offset_table():
    fragments = [[run_lengths(frame)] for frame in FRAMES]
    lengths = [len(frame[0]) for frame in fragments]
    dataset = file_of(
        RLE, fragments, ExtendedOffsetTable=struct.pack("<4Q", *offsets_of(fragments)),
        ExtendedOffsetTableLengths=struct.pack("<4Q", *lengths),
    )  # fmt: skip
    np.testing.assert_array_equal(read(dataset), FRAMES)


@pytest.mark.parametrize("table", [[0, 1, 2, 3], [0, 0, 0, 0], [8, 16, 24, 32], [0, 2**32 - 1, 0, 0], [0]])
def test_a_table_that_cannot_be_right_is_passed_over_where_there_is_a_fragment_a_frame(table):
    fragments = [[run_lengths(frame)] for frame in FRAMES]
    np.testing.assert_array_equal(read(file_of(RLE, fragments, struct.pack(f"<{len(table)}I", *table))), FRAMES)


def test_frames_of_no_table_and_no_telling_beginnings_are_refused():
    fragments = [cut(run_lengths(frame), 2) for frame in FRAMES]
    assert code_of(file_of(RLE, fragments[:3])) == "IN-DCM-FRAGMENTS"
    assert code_of(file_of(RLE, [fragments[0][1:], *fragments[1:], fragments[0]])) == "IN-DCM-FRAGMENTS"


def test_a_damaged_frame_is_named():
    fragments = [[run_lengths(frame)] for frame in FRAMES]
    fragments[2] = [fragments[2][0][:-40]]
    with pytest.raises(InputError) as caught:
        read(file_of(RLE, fragments))
    assert "a.dcm, frame 3 of 4" in caught.value.message


def test_all_fragments_behind_the_offset_table_belong_to_a_single_frame():
    found = fragments_in(memoryview(item(b"") + item(b"abcd") + item(b"ef") + END + b"padding"), "a")
    assert [bytes(value) for value in found.values] == [b"abcd", b"ef"]
    assert found.places == (0, 12)


@pytest.mark.parametrize(
    ("pixel_data", "code"),
    [
        (b"", "IN-DCM-TRUNCATED"),
        (item(b""), "IN-DCM-TRUNCATED"),
        (item(b"") + END, "IN-DCM-TRUNCATED"),
        (item(b"") + item(b"abcd"), "IN-DCM-TRUNCATED"),
        (item(b"") + item(b"abcd")[:-1], "IN-DCM-TRUNCATED"),
        (item(b"") + b"garbage!", "IN-DCM-FRAGMENTS"),
    ],
)
def test_fragments_that_do_not_add_up_are_refused(pixel_data, code):
    with pytest.raises(InputError) as caught:
        fragments_in(memoryview(pixel_data), "a.dcm")
    assert caught.value.code == code


def test_deflated_frames_of_single_bits_are_read():
    bits = np.random.default_rng(2).integers(0, 2, (3, 9, 7)).astype(np.uint8)  # 63 bits a frame
    streams = []
    for frame in bits:
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = np.packbits(frame.ravel(), bitorder="little").tobytes()
        streams.append(packer.compress(packed) + packer.flush())
    dataset = compressed(multiframe(bits, BitsAllocated=1, BitsStored=1), DEFLATED_FRAMES, *streams)
    np.testing.assert_array_equal(read(dataset), bits)


def test_a_deflated_frame_that_inflates_to_more_than_its_bits_is_refused():
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    bomb = packer.compress(bytes(16 << 20)) + packer.flush()
    dataset = compressed(
        multiframe(np.zeros((2, 9, 7), np.uint8), BitsAllocated=1, BitsStored=1), DEFLATED_FRAMES, bomb, bomb
    )
    assert code_of(dataset) == "IN-DCM-STREAM"

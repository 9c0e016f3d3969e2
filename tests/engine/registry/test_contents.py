import os
import struct
import zipfile

import pytest

from engine.errors import ModelError
from engine.registry.contents import open_contents
from engine.registry.package import read_package


def _code(path):
    with pytest.raises(ModelError) as caught:
        open_contents(path)
    assert caught.value.next_step
    return caught.value.code


def _zip(path, *entries):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def test_folder_and_zip_list_the_same_files(tmp_path):
    (tmp_path / "f" / "golden").mkdir(parents=True)
    (tmp_path / "f" / "golden" / "a.png").write_bytes(b"12")
    (tmp_path / "f" / "b").write_bytes(b"3")
    zipped = _zip(tmp_path / "z.zip", ("golden/", b""), ("b", b"3"), ("golden/a.png", b"12"))
    assert open_contents(tmp_path / "f").sizes_bytes == {"b": 1, "golden/a.png": 2}
    assert open_contents(zipped).sizes_bytes == {"b": 1, "golden/a.png": 2}
    assert open_contents(zipped).read("golden/a.png") == open_contents(tmp_path / "f").read("golden/a.png") == b"12"


@pytest.mark.parametrize(
    "name",
    ["../evil", "/etc/passwd", "a/../../evil", "a//b", "..", "C:\\evil", "a\\b", "a\nb", ".hidden", "ü", "x" * 300],
)
def test_name_that_leads_out_or_is_odd_is_refused(tmp_path, name):
    assert _code(_zip(tmp_path / "z.zip", (name, b""))) == "MD-UNSAFE"


def test_name_that_is_cut_at_its_nul_is_refused(tmp_path):
    path = _zip(tmp_path / "z.zip", ("aXb", b""))
    path.write_bytes(path.read_bytes().replace(b"aXb", b"a\0b"))
    assert _code(path) == "MD-UNSAFE"


def test_link_in_a_zip_is_refused(tmp_path):
    link = zipfile.ZipInfo("model.onnx")
    link.create_system = 3
    link.external_attr = 0o120777 << 16
    assert _code(_zip(tmp_path / "z.zip", (link, b"/etc/passwd"))) == "MD-UNSAFE"


def test_links_and_pipes_in_a_folder_are_refused(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "model.onnx").symlink_to("/etc/hostname")
    assert _code(tmp_path / "a") == "MD-UNSAFE"
    (tmp_path / "b").mkdir()
    os.mkfifo(tmp_path / "b" / "model.onnx")
    assert _code(tmp_path / "b") == "MD-UNSAFE"


def test_link_put_in_place_after_listing_is_not_followed(tmp_path):
    (tmp_path / "model.onnx").write_bytes(b"1")
    contents = open_contents(tmp_path)
    (tmp_path / "model.onnx").unlink()
    (tmp_path / "model.onnx").symlink_to("/etc/hostname")
    with pytest.raises(ModelError) as caught:
        contents.read("model.onnx")
    assert caught.value.code == "MD-UNREADABLE"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_same_name_twice_is_refused_whatever_its_case(tmp_path):
    assert _code(_zip(tmp_path / "a.zip", ("a", b"1"), ("a", b"2"))) == "MD-UNSAFE"
    assert _code(_zip(tmp_path / "b.zip", ("a", b"1"), ("A", b"2"))) == "MD-UNSAFE"


def test_encrypted_zip_is_refused(tmp_path):
    path = _zip(tmp_path / "z.zip", ("a", b"1"))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    assert _code(path) == "MD-UNSAFE"


def test_other_compressions_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a", b"1")
    assert _code(tmp_path / "z.zip") == "MD-UNSAFE"


def test_name_that_is_not_the_utf8_it_claims_to_be_is_refused(tmp_path):
    path = _zip(tmp_path / "z.zip", ("aüb", b""))
    path.write_bytes(path.read_bytes().replace("ü".encode(), b"\xb8\xb8"))
    assert _code(path) == "MD-UNREADABLE"


def test_zip_bomb_ends_at_the_limit(tmp_path):
    path = tmp_path / "z.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SHA256SUMS", bytes(50_000_000))
    assert path.stat().st_size < 60_000
    with pytest.raises(ModelError) as caught:
        read_package(path)
    assert caught.value.code == "MD-SIZE"


def test_zip_that_states_a_huge_file_is_refused(tmp_path):
    path = _zip(tmp_path / "z.zip", ("a", b"1"))
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.index(b"PK\1\2") + 24, 3 * 1024**3)
    path.write_bytes(data)
    assert _code(path) == "MD-SIZE"


@pytest.mark.parametrize(("offset", "form", "value"), [(10, "<H", 60_000), (12, "<I", 2**31)])
def test_zip_that_states_a_huge_list_is_refused_before_it_is_read(tmp_path, offset, form, value):
    path = _zip(tmp_path / "z.zip", ("a", b"1"))
    data = bytearray(path.read_bytes())
    struct.pack_into(form, data, data.index(b"PK\5\6") + offset, value)
    path.write_bytes(data)
    assert _code(path) == "MD-SIZE"


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all" * 100, b"PK\5\6"])
def test_file_that_is_no_zip_is_refused(tmp_path, content):
    (tmp_path / "z.zip").write_bytes(content)
    assert _code(tmp_path / "z.zip") == "MD-UNREADABLE"


def test_cut_off_zip_is_refused(tmp_path, zipped):
    whole = zipped.read_bytes()
    for length in range(0, len(whole), 997):
        (tmp_path / "cut.zip").write_bytes(whole[:length])
        assert _code(tmp_path / "cut.zip") == "MD-UNREADABLE"


def test_flipped_byte_is_never_read_as_if_nothing_had_happened(tmp_path, zipped):
    whole = zipped.read_bytes()
    package = read_package(zipped)
    before = {name: package.read(name) for name in package.names}
    for at in range(0, len(whole), 211):
        changed = bytearray(whole)
        changed[at] ^= 0xFF
        (tmp_path / "flipped.zip").write_bytes(changed)
        try:
            other = read_package(tmp_path / "flipped.zip")
            after = {name: other.read(name) for name in other.names}
        except ModelError:
            continue
        assert after == before  # the byte was in no file, in a date for example


def test_path_where_nothing_is_or_no_file_is_named(tmp_path):
    assert _code(tmp_path / "nothing") == "MD-MISSING"
    os.mkfifo(tmp_path / "pipe")
    assert _code(tmp_path / "pipe") == "MD-MISSING"

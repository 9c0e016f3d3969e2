import hashlib
import os
import subprocess
import zipfile

import pytest

from engine.errors import ModelError
from engine.registry.pack import pack
from engine.registry.package import read_package
from engine.registry.verify import verify
from tests.engine.registry.models import MANIFEST, write_source


def test_same_files_give_the_same_bytes(tmp_path, source, key):
    pack(source, tmp_path / "a.zip", key)
    os.utime(source / "CARD.md", (0, 0))
    (source / "model.onnx").chmod(0o755)
    pack(source, tmp_path / "b.zip", key)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_folder_and_zip_of_one_model_have_one_hash(tmp_path, source, key):
    folder, zipped = pack(source, tmp_path / "a", key), pack(source, tmp_path / "a.zip", key)
    assert folder.card == zipped.card
    assert folder.card.hash == hashlib.sha256((tmp_path / "a" / "SHA256SUMS").read_bytes()).hexdigest()


def test_sums_are_those_of_sha256sum(tmp_path, source):
    pack(source, tmp_path / "a")
    subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path / "a", check=True, capture_output=True
    )


def test_what_was_packed_can_be_packed_again(tmp_path, source, key, trusted):
    pack(source, tmp_path / "a", key)
    again = pack(tmp_path / "a", tmp_path / "b.zip", key)
    assert verify(again.path, trusted).usable


def test_all_that_is_missing_is_named_at_once(tmp_path, source):
    (source / "CARD.md").unlink()
    (source / "reference.json").unlink()
    for case in (source / "golden").iterdir():
        case.unlink()
    with pytest.raises(ModelError, match=r"it lacks: CARD\.md, reference\.json, a case in golden/") as caught:
        pack(source, tmp_path / "a.zip")
    assert caught.value.code == "MD-INCOMPLETE"


def test_model_without_figures_is_not_finished(tmp_path, key):
    source = write_source(tmp_path / "source", MANIFEST.partition("[acceptance]")[0])
    (source / "CARD.md").write_text(" \n")
    with pytest.raises(ModelError, match=r"acceptance.* figures in manifest\.toml, any word in CARD\.md") as caught:
        pack(source, tmp_path / "a.zip", key)
    assert caught.value.code == "MD-INCOMPLETE"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("manifest.toml", "[model", "MD-MANIFEST"),
        ("manifest.toml", MANIFEST.replace('id = "bright-spots"', ""), "MD-MANIFEST"),
        ("golden/spot.json", "{}", "MD-GOLDEN"),
        ("golden/alone.png", "", "MD-GOLDEN"),
        ("reference.json", "[]", "MD-REFERENCE"),
        ("checkpoint.pt", "", "MD-FILES"),
        ("golden/with space.png", "", "MD-UNSAFE"),
    ],
)
@pytest.mark.parametrize("target", ["a", "a.zip"])
def test_unsound_model_is_not_packed_and_leaves_nothing(tmp_path, source, name, content, code, target):
    (source / name).write_text(content)
    with pytest.raises(ModelError) as caught:
        pack(source, tmp_path / "out" / target)
    assert caught.value.code == code
    assert list((tmp_path / "out").glob("*")) == []


def test_link_in_the_source_is_not_followed(tmp_path, source):
    (source / "golden" / "key.png").symlink_to("/etc/hostname")
    with pytest.raises(ModelError, match="is a link") as caught:
        pack(source, tmp_path / "a.zip")
    assert caught.value.code == "MD-UNSAFE"


def test_existing_target_is_not_written_over(tmp_path, source):
    (tmp_path / "a.zip").write_text("mine")
    with pytest.raises(ModelError) as caught:
        pack(source, tmp_path / "a.zip")
    assert caught.value.code == "MD-EXISTS"
    assert (tmp_path / "a.zip").read_text() == "mine"


def test_source_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ModelError) as caught:
        pack(tmp_path / "nothing", tmp_path / "a.zip")
    assert caught.value.code == "MD-MISSING"


def test_target_below_a_file_is_named(tmp_path, source):
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelError) as caught:
        pack(source, tmp_path / "file" / "a.zip")
    assert caught.value.code == "MD-WRITE"


def test_zip_is_plain_and_every_file_in_it_is_readable(tmp_path, source, key):
    package = pack(source, tmp_path / "a.zip", key)
    with zipfile.ZipFile(package.path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted([*package.names, "SHA256SUMS", "SHA256SUMS.sig"])
    assert read_package(package.path) == package

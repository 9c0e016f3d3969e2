import json
import os
import pickle
import shutil
import stat
import zipfile
from datetime import UTC, datetime

import onnx
import pytest
from onnx import TensorProto, helper

from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.torch_reference import TorchReference
from engine.errors import ModelError, StoreError, UsageError
from engine.registry.admissions import Admissions, Permission
from engine.registry.imports import ImportRefusedError, Imports
from engine.registry.install import Told, install
from engine.registry.pack import pack
from engine.registry.package import read_package
from engine.registry.shelf import Shelf
from engine.registry.sign import load_signing_key, make_key_pair, sign
from engine.registry.sums import SIGNATURE, SUMS, format_sums, sha256
from engine.registry.verdicts import Verdicts
from tests.engine.hand_clock import HandClock
from tests.engine.tiny_model import graph_of, write_source

CANDIDATES = (OnnxCpu(),)
WORD = Permission("Ada", "compared by hand")


@pytest.fixture
def key(tmp_path, home):
    (home.keys / "trusted").mkdir(parents=True)
    make_key_pair(tmp_path / "maker.key", home.keys / "trusted" / "maker.pub")
    return load_signing_key(tmp_path / "maker.key")


@pytest.fixture
def source(tmp_path):
    return write_source(tmp_path / "source")


@pytest.fixture
def package(tmp_path, source, key):
    return pack(source, tmp_path / "spots.zip", key).path


def signed_again(folder, key):
    """As a maker would who signs whatever lies in the folder."""
    names = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
    stated = format_sums(
        {name: sha256((folder / name).read_bytes()) for name in names if name not in (SUMS, SIGNATURE)}
    )
    (folder / SUMS).write_bytes(stated)
    (folder / SIGNATURE).write_bytes(sign(stated, key))
    return folder


def left_over(home):
    """What stands in the folder of models beside the records."""
    return (
        [path.name for path in home.models.iterdir() if not path.name.endswith(".import.json")]
        if home.models.exists()
        else []
    )


def test_a_sound_package_stands_on_the_shelf_with_its_steps_and_verdict(home, package):
    told = []
    clock = HandClock()
    imported = install(package, home, CANDIDATES, clock=clock, told=Told(told.append))
    assert imported.path == home.models / "bright-spots-1.0.0"
    (found,) = [one for one in Shelf.of(home).packages if one.card.id == "bright-spots"]
    assert (found.path, found.admission) == (imported.path, None)
    record = Imports(home).of(found.card)
    assert record == imported.record
    assert record.passed
    assert record.at == clock.now()
    assert tuple(told) == record.steps
    assert [step.name for step in record.steps] == ["signature", "files", "graph", "parity on onnx-cpu", "shelf"]
    assert "maker" in record.steps[0].found
    assert Verdicts(home).of(found.card, OnnxCpu()).passed


@pytest.mark.learn
def test_the_reference_is_asked_too_where_it_is_installed(home, package):
    pytest.importorskip("torch", reason="the reference needs the extra learn")
    record = install(package, home, (TorchReference(), OnnxCpu())).record
    assert [step.name for step in record.steps][3:5] == ["parity on onnx-cpu", "parity on torch"]
    assert "compared with torch" in record.steps[3].found


def test_a_folder_is_imported_as_a_zip_is(home, tmp_path, source, key):
    pack(source, tmp_path / "spots", key)
    install(tmp_path / "spots", home, CANDIDATES)
    assert left_over(home) == ["bright-spots-1.0.0"]


def test_an_unsigned_package_needs_an_administrators_word_and_is_marked(home, source, tmp_path, key):
    path = pack(source, tmp_path / "unsigned.zip").path
    with pytest.raises(ImportRefusedError) as caught:
        install(path, home, CANDIDATES)
    assert caught.value.code == "MD-UNSIGNED"
    assert left_over(home) == []
    imported = install(path, home, CANDIDATES, permission=WORD, clock=HandClock())
    (found,) = [one for one in Shelf.of(home).packages if one.path == imported.path]
    assert (found.admission.by, found.admission.reason) == ("Ada", "compared by hand")
    assert "let in by Ada" in imported.record.steps[0].found
    Admissions(home).withdraw(found.card.hash)
    assert [one.error.code for one in Shelf.of(home).refused] == ["MD-UNSIGNED"]


def test_a_word_for_one_package_lets_no_other_in(home, source, tmp_path):
    install(pack(source, tmp_path / "one.zip").path, home, CANDIDATES, permission=WORD)
    (source / "CARD.md").write_text("Another model of the same name.")
    shutil.rmtree(home.models / "bright-spots-1.0.0")
    pack(source, home.models / "bright-spots-1.0.0")
    assert [one.error.code for one in Shelf.of(home).refused] == ["MD-UNSIGNED"]


@pytest.mark.parametrize(("by", "reason"), [("", "why"), ("Ada", " ")])
def test_a_word_without_name_or_reason_is_none(by, reason):
    with pytest.raises(UsageError) as caught:
        Permission(by, reason)
    assert caught.value.code == "US-ADMISSION"


def test_a_word_does_not_let_a_strangers_signature_in(home, source, tmp_path):
    make_key_pair(tmp_path / "stranger.key", tmp_path / "stranger.pub")
    path = pack(source, tmp_path / "theirs.zip", load_signing_key(tmp_path / "stranger.key")).path
    with pytest.raises(ImportRefusedError) as caught:
        install(path, home, CANDIDATES, permission=WORD)
    assert caught.value.code == "MD-UNTRUSTED"


def test_a_changed_byte_is_found_and_the_record_says_where(home, tmp_path, source, key):
    folder = pack(source, tmp_path / "spots", key).path
    (folder / "model.onnx").write_bytes(graph_of(bias=-13.0))
    with pytest.raises(ImportRefusedError) as caught:
        install(folder, home, CANDIDATES)
    assert caught.value.code == "MD-HASH"
    kept = Imports(home).of(read_package(folder).card)
    assert [(step.name, step.passed, step.code) for step in kept.steps] == [
        ("signature", True, ""),
        ("files", False, "MD-HASH"),
    ]
    assert left_over(home) == []


@pytest.mark.parametrize("name", ["weights.pkl", "golden/spot.pt", "golden/run.py", "hook.so"])
def test_a_signed_file_that_no_package_holds_is_refused(home, tmp_path, source, key, name):
    folder = pack(source, tmp_path / "spots", key).path
    (folder / name).write_bytes(b"\x80\x04K\x01.")
    with pytest.raises(ImportRefusedError) as caught:
        install(signed_again(folder, key), home, CANDIDATES)
    assert (caught.value.code, name in caught.value.message) == ("MD-FILES", True)


def test_a_pickle_inside_a_golden_array_is_not_loaded(home, tmp_path, source, key):
    folder = pack(source, tmp_path / "spots", key).path
    header = b"{'descr': '|O', 'fortran_order': False, 'shape': (2, 5, 8, 8), }"
    header += b" " * (-(10 + len(header) + 1) % 64) + b"\n"
    payload = b"cposix\nsystem\n(S'touch " + str(tmp_path / "run").encode() + b"'\ntR."
    content = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + payload
    (folder / "golden" / "spot.npy").write_bytes(content)
    with pytest.raises(ImportRefusedError) as caught:
        install(signed_again(folder, key), home, CANDIDATES)
    assert caught.value.code == "MD-GOLDEN"
    assert not (tmp_path / "run").exists()


def test_a_graph_that_names_another_file_or_a_foreign_operator_is_refused(home, tmp_path, source, key):
    folder = pack(source, tmp_path / "spots", key).path
    model = onnx.load_from_string(graph_of())
    model.graph.initializer[0].data_location = TensorProto.EXTERNAL
    for content, said in ((model, "lie in another file"), (with_foreign_node(), "com.example.Evil")):
        (folder / "model.onnx").write_bytes(content.SerializeToString())
        with pytest.raises(ImportRefusedError, match=said) as caught:
            install(signed_again(folder, key), home, CANDIDATES)
        assert caught.value.code == "MD-GRAPH"


def with_foreign_node():
    model = onnx.load_from_string(graph_of())
    model.graph.node.append(helper.make_node("Evil", ["heat"], ["more"], domain="com.example"))
    return model


def test_a_graph_whose_tensors_are_not_those_of_the_manifest_is_refused(home, tmp_path, source, key):
    folder = pack(source, tmp_path / "spots", key).path
    manifest = (folder / "manifest.toml").read_text().replace("batch = 2", "batch = 3")
    (folder / "manifest.toml").write_text(manifest)
    with pytest.raises(ImportRefusedError, match="manifest wants") as caught:
        install(signed_again(folder, key), home, CANDIDATES)
    assert caught.value.code == "MD-GRAPH"


def test_a_model_that_answers_its_golden_case_otherwise_is_refused(home, tmp_path, source, key):
    folder = pack(source, tmp_path / "spots", key).path
    (folder / "model.onnx").write_bytes(graph_of(bias=-19.5))
    with pytest.raises(ImportRefusedError) as caught:
        install(signed_again(folder, key), home, CANDIDATES)
    assert caught.value.code == "MD-PARITY"
    assert pickle.loads(pickle.dumps(caught.value)).record == caught.value.record  # noqa: S301  # our own bytes
    assert caught.value.record.steps[-1].name == "parity on onnx-cpu"
    assert left_over(home) == []


def test_the_same_version_is_not_replaced(home, package):
    first = install(package, home, CANDIDATES)
    with pytest.raises(ModelError) as caught:
        install(package, home, CANDIDATES)
    assert caught.value.code == "MD-EXISTS"
    assert Imports(home).of(read_package(package).card) == first.record, "the record of the sound one stays"
    assert left_over(home) == ["bright-spots-1.0.0"]


@pytest.mark.parametrize(
    ("name", "mode"), [("../outside.txt", 0o100644), ("/abs.txt", 0o100644), ("golden/link.png", 0o120777)]
)
def test_a_zip_with_a_path_out_or_a_link_is_not_unpacked(home, package, name, mode):
    with zipfile.ZipFile(package, "a") as archive:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(ModelError) as caught:
        install(package, home, CANDIDATES)
    assert caught.value.code == "MD-UNSAFE"
    assert left_over(home) == []
    assert stat.S_ISLNK(mode) or not (home.root.parent / "outside.txt").exists()


def test_a_zip_bomb_is_refused_before_it_is_inflated(home, package):
    with zipfile.ZipFile(package, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("golden/zeros.mha", bytes(80 * 1024**2))
    with pytest.raises(ModelError, match="inflates to over 200 times") as caught:
        install(package, home, CANDIDATES)
    assert caught.value.code == "MD-SIZE"


def test_a_full_disk_is_said_and_leaves_nothing(home, package, monkeypatch):
    monkeypatch.setattr("engine.registry.install.SPARE_BYTES", 1 << 60)
    with pytest.raises(ImportRefusedError, match="No space left") as caught:
        install(package, home, CANDIDATES)
    assert caught.value.code == "MD-WRITE"
    assert left_over(home) == []


def test_what_an_import_left_behind_that_was_killed_goes_and_one_at_work_keeps_its_copy(home, package):
    now_s = HandClock().now().timestamp()
    for name, age_s in ((".killed.importing", 25 * 3600.0), (".at-work.importing", 60.0)):
        folder = home.models / name
        folder.mkdir(parents=True)
        (folder / "model.onnx").write_bytes(b"half")
        os.utime(folder, (now_s - age_s, now_s - age_s))
    install(package, home, CANDIDATES, clock=HandClock())
    assert sorted(left_over(home)) == [".at-work.importing", "bright-spots-1.0.0"]


def test_a_note_that_cannot_be_read_lets_nothing_in_and_a_record_is_not_missed(home, source, tmp_path):
    imported = install(pack(source, tmp_path / "one.zip").path, home, CANDIDATES, permission=WORD)
    card = read_package(imported.path).card
    (home.keys / "unsigned" / f"{card.hash}.json").write_text("{")
    assert [one.error.code for one in Shelf.of(home).refused] == ["MD-ADMISSION"]
    (record,) = home.models.glob("*.import.json")
    held = json.loads(record.read_text())
    assert (held["model"], datetime.fromisoformat(held["at"]).tzinfo) == ("bright-spots 1.0.0", UTC)
    record.write_text("[]")
    assert Imports(home).of(card) is None


def test_a_home_that_cannot_be_written_is_said(home, package):
    home.models.write_text("a file where a folder belongs")
    with pytest.raises(StoreError) as caught:
        install(package, home, CANDIDATES)
    assert caught.value.code == "ST-KEEP"


def test_an_admission_names_a_hash(home):
    with pytest.raises(ModelError):
        Admissions(home).of("../../etc/passwd")

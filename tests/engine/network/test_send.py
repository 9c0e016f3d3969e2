"""Sending files, against the receiver of this program and DCMTK's."""

import gc
import zipfile

import pytest
from pydicom import dcmread

from engine.errors import NetworkError
from engine.intake.entry import Entry
from engine.network.association import Call
from engine.network.peer import Peer
from engine.network.send import send
from tests.engine.network.peers import free_port, program, running
from tests.engine.network.scu import ct


def call(port, title="FOVEA"):
    return Call(Peer(title, "127.0.0.1", port), wait_s=10.0)


@pytest.fixture
def slices(tmp_path, root):
    paths = [tmp_path / f"{number}.dcm" for number in range(3)]
    for number, path in enumerate(paths):
        ct(root, InstanceNumber=str(number)).save_as(path)
    return paths


def faults(sents):
    return [sent.fault.code if sent.fault else "" for sent in sents]


def test_files_arrive_as_they_are(start, home, root, slices):
    compressed = root / "tests/data/dicom/MR_small_jpeg_ls_lossless.dcm"
    sents = list(send(call(start().port), map(Entry, [*slices, compressed])))
    assert faults(sents) == ["", "", "", ""]
    kept = {path.stem: path for path in home.incoming.rglob("*.dcm")}
    for sent, path in zip(sents, [*slices, compressed], strict=True):
        assert dcmread(kept[sent.sop_instance]) == dcmread(path)


def test_member_of_an_archive_is_sent(start, home, tmp_path, slices):
    with zipfile.ZipFile(tmp_path / "exam.zip", "w") as archive:
        archive.write(slices[0], "inside/slice.dcm")
    sents = list(send(call(start().port), [Entry(tmp_path / "exam.zip", "inside/slice.dcm")]))
    assert faults(sents) == [""]
    assert dcmread(next(home.incoming.rglob("*.dcm"))) == dcmread(slices[0])


def test_what_is_no_dicom_file_costs_itself_alone(start, tmp_path, slices):
    (tmp_path / "notes.txt").write_text("no image")
    sents = list(send(call(start().port), map(Entry, [tmp_path / "notes.txt", tmp_path / "gone.dcm", *slices])))
    assert faults(sents) == ["NW-NOT-DICOM", "IN-NOT-FOUND", "", "", ""]


def test_class_that_the_peer_does_not_take_costs_itself_alone(start, root, slices):
    report = root / "tests/data/dicom/reportsi.dcm"
    sents = list(send(call(start().port), map(Entry, [report, *slices])))
    assert faults(sents) == ["NW-SYNTAX", "", "", ""]
    assert "Basic Text SR Storage" in sents[0].fault.message


def test_refusal_of_the_peer_is_told_in_its_words(start, slices):
    sents = list(send(call(start(keep_free_bytes=1 << 60).port), [Entry(slices[0])]))
    assert faults(sents) == ["NW-REFUSED"]
    assert "0xA700" in sents[0].fault.message


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_peer_that_is_not_there_is_named(slices):
    port = free_port()
    with pytest.raises(NetworkError) as error:
        list(send(call(port), [Entry(slices[0])]))
    assert error.value.code == "NW-CONNECT"
    assert f"FOVEA@127.0.0.1:{port}" in error.value.message
    gc.collect()  # pynetdicom leaves the socket that never connected to the collector


def test_wrong_title_is_rejected_with_the_peers_reason(start, slices):
    with pytest.raises(NetworkError, match="Called AE title not recognised") as error:
        list(send(call(start().port, "OTHER"), [Entry(slices[0])]))
    assert error.value.code == "NW-REJECTED"


def test_explicit_file_reaches_a_peer_that_takes_implicit_alone(tmp_path, slices):
    port = free_port()
    with running([program("storescp"), "+xi", "--output-directory", str(tmp_path), str(port)], port, tmp_path):
        assert faults(send(call(port, "STORESCP"), [Entry(slices[0])])) == [""]
    (kept,) = tmp_path.glob("CT.*")
    assert dcmread(kept).file_meta.TransferSyntaxUID.name == "Implicit VR Little Endian"
    assert dcmread(kept).PixelData == dcmread(slices[0]).PixelData


def test_what_was_not_sent_when_the_peer_ends_is_told(tmp_path, slices):
    port = free_port()
    # It aborts once it has received an object.
    with running(
        [program("storescp"), "--abort-after", "--output-directory", str(tmp_path), str(port)], port, tmp_path
    ):
        sents = list(send(call(port, "STORESCP"), map(Entry, slices)))
    assert faults(sents) == ["NW-ABORTED"] * 3
    assert [sent.source for sent in sents] == [str(path) for path in slices]

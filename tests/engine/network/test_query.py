"""Asking and fetching, against DCMTK's archive."""

import pytest
from pydicom import dcmread

from engine.errors import NetworkError, UsageError
from engine.intake.entry import Entry
from engine.network.association import Call
from engine.network.incoming import Incoming
from engine.network.peer import Peer
from engine.network.query import query, query_keys
from engine.network.retrieve import get, move
from engine.network.send import send
from tests.engine.network.peers import archive
from tests.engine.network.scu import ct


@pytest.fixture
def exam(tmp_path, root):
    """Three slices of two series."""
    paths = [tmp_path / f"{number}.dcm" for number in range(3)]
    for number, path in enumerate(paths):
        series = {"SeriesInstanceUID": "1.2.3.4"} if number == 2 else {}
        ct(root, InstanceNumber=str(number), **series).save_as(path)
    return paths


@pytest.fixture
def holding(tmp_path, start, exam):
    """A call to an archive that holds the exam and may send to our receiver."""
    with archive(tmp_path, ("FOVEA", start().port)) as port:
        made = Call(Peer("ARCHIVE", "127.0.0.1", port), wait_s=10.0)
        assert [sent.fault for sent in send(made, map(Entry, exam))] == [None] * 3
        yield made


def kept(folder):
    return {path.stem: dcmread(path) for path in folder.rglob("*.dcm")}


def test_exam_is_found_by_a_key_and_says_nothing_of_the_patient(holding, exam):
    (match,) = query(holding, "exam", query_keys(["PatientID=1CT1"]))
    assert match.values["StudyInstanceUID"] == dcmread(exam[0]).StudyInstanceUID
    assert "PatientName" not in match.values


def test_attribute_with_an_empty_key_is_told(holding):
    (match,) = query(holding, "exam", query_keys(["PatientName="]))
    assert match.values["PatientName"] == "CompressedSamples^CT1"


def test_series_and_images_are_told_apart(holding, exam):
    uid = dcmread(exam[0]).StudyInstanceUID
    assert len(list(query(holding, "series", {"StudyInstanceUID": uid}))) == 2
    keys = {"StudyInstanceUID": uid, "SeriesInstanceUID": "1.2.3.4"}
    (image,) = query(holding, "image", keys)
    assert image.values["SOPInstanceUID"] == dcmread(exam[2]).SOPInstanceUID


def test_nothing_matches_and_nothing_is_told(holding):
    assert list(query(holding, "exam", {"StudyDate": "19000101-19001231"})) == []


def test_match_is_fetched_over_the_same_connection(holding, tmp_path, exam):
    incoming = Incoming(tmp_path / "out", tmp_path / "parts", keep_free_bytes=0)
    incoming.make()
    (match,) = query(holding, "exam", {"PatientID": "1CT1"})
    retrieved = get(holding, match, incoming)
    assert (retrieved.completed, retrieved.failed, retrieved.fault) == (3, 0, None)
    for sent in map(dcmread, exam):
        assert kept(tmp_path / "out")[sent.SOPInstanceUID].PixelData == sent.PixelData


def test_failure_to_keep_a_file_is_told(holding, tmp_path):
    incoming = Incoming(tmp_path / "out", tmp_path / "parts", keep_free_bytes=1 << 60)
    incoming.make()
    (match,) = query(holding, "exam", {"PatientID": "1CT1"})
    retrieved = get(holding, match, incoming)
    assert retrieved.failed == 3
    assert retrieved.fault.code == "NW-RETRIEVE"


def test_one_series_is_moved_to_our_receiver(holding, home, exam):
    uid = dcmread(exam[0]).StudyInstanceUID
    (match,) = query(holding, "series", {"StudyInstanceUID": uid, "SeriesInstanceUID": "1.2.3.4"})
    retrieved = move(holding, match, "FOVEA")
    assert (retrieved.completed, retrieved.fault) == (1, None)
    assert set(kept(home.incoming)) == {dcmread(exam[2]).SOPInstanceUID}


def test_move_to_a_receiver_that_the_peer_does_not_know_is_told(holding):
    (match,) = query(holding, "exam", {"PatientID": "1CT1"})
    assert move(holding, match, "STRANGER").fault.code == "NW-RETRIEVE"


def test_receiver_without_queries_says_so(start):
    with pytest.raises(NetworkError) as error:
        list(query(Call(Peer("FOVEA", "127.0.0.1", start().port)), "exam", {}))
    assert error.value.code == "NW-SERVICE"


@pytest.mark.parametrize("word", ["PatientID", "NoSuchKeyword=1", "PixelData=1", "=1", ""])
def test_what_is_no_key_is_wrong_use(word):
    with pytest.raises(UsageError) as error:
        query_keys([word])
    assert error.value.code == "US-KEY"

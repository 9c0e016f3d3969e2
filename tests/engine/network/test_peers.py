"""Against the programs of others: DCMTK's senders and archive, and Orthanc; cut, stalled, killed and on a full disk."""

import os
import signal
import subprocess
import threading
import time

import pytest
from pydicom import dcmread

from engine.intake.entry import Entry
from engine.network.association import Call
from engine.network.incoming import Incoming
from engine.network.peer import Peer
from engine.network.query import query
from engine.network.receive import Reception, receiving
from engine.network.retrieve import get, move
from engine.network.send import send
from engine.network.statuses import OUT_OF_RESOURCES, SUCCESS
from engine.places import Home
from tests.engine.network.certificates import Authority
from tests.engine.network.peers import dcmtk, free_port, orthanc, program
from tests.engine.network.receiver import receiver_process
from tests.engine.network.scu import association, ct

pytestmark = pytest.mark.deep


@pytest.fixture
def exam(tmp_path, root):
    """Forty slices of one series, and their folder."""
    folder = tmp_path / "exam"
    folder.mkdir()
    for number in range(40):
        ct(root, InstanceNumber=str(number), ImagePositionPatient=[0, 0, number]).save_as(folder / f"{number:02}.dcm")
    return sorted(folder.iterdir())


def uids(paths):
    return {dcmread(path, stop_before_pixels=True).SOPInstanceUID for path in paths}


def kept(home):
    return {path.stem for path in home.incoming.rglob("*.dcm")}


def storescu(port, *paths, options=()):
    return dcmtk("storescu", "-aec", "FOVEA", *options, "127.0.0.1", str(port), *map(str, paths))


def test_dcmtk_is_answered_and_its_files_are_kept(start, home, exam):
    port = start().port
    assert dcmtk("echoscu", "-aec", "FOVEA", "127.0.0.1", str(port)).returncode == 0
    assert storescu(port, *exam[:15]).returncode == 0
    assert storescu(port, *exam[15:]).returncode == 0
    assert kept(home) == uids(exam)
    assert len({path.parent for path in home.incoming.rglob("*.dcm")}) == 1


def test_five_programs_send_at_once(start, home, exam):
    port = start().port
    command = [program("storescu"), "-aec", "FOVEA", "127.0.0.1", str(port)]
    senders = [subprocess.Popen([*command, *map(str, exam[number::5])]) for number in range(5)]
    assert [sender.wait(timeout=60) for sender in senders] == [0] * 5
    assert kept(home) == uids(exam)


def test_program_that_is_killed_in_the_middle_leaves_nothing_half(start, home, exam):
    receiver = start()
    command = [program("storescu"), "-aec", "FOVEA", "127.0.0.1", str(receiver.port), *map(str, exam)]
    sender = subprocess.Popen(command)
    while receiver.counts["received"] < 5 and sender.poll() is None:
        time.sleep(0.001)
    sender.kill()
    sender.wait()
    end_s = time.monotonic() + 10
    while list(home.receiving.glob("*.part")):
        assert time.monotonic() < end_s
        time.sleep(0.01)
    for path in home.incoming.rglob("*.dcm"):
        assert len(dcmread(path).PixelData) == 32768
    assert storescu(receiver.port, *exam).returncode == 0
    assert kept(home) == uids(exam)


def test_program_that_is_stopped_keeps_nobody_out(start, home, exam):
    receiver = start(associations=2, silence_s=2.0)
    command = [program("storescu"), "-aec", "FOVEA", "127.0.0.1", str(receiver.port), *map(str, exam)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as stalled:
        while receiver.counts["received"] < 2 and stalled.poll() is None:
            time.sleep(0.001)
        os.kill(stalled.pid, signal.SIGSTOP)
        assert storescu(receiver.port, *exam).returncode == 0
        assert kept(home) == uids(exam)
        stalled.kill()


def test_what_was_confirmed_outlasts_the_death_of_the_receiver(tmp_path, exam):
    home, port = Home(tmp_path / "killed"), free_port()
    confirmed = []
    datasets = [dcmread(path) for path in exam]

    def talk():
        with association(port, datasets[0]) as made:
            for dataset in datasets:
                if made.send_c_store(dataset).get("Status") != SUCCESS:
                    return
                confirmed.append(dataset.SOPInstanceUID)

    with receiver_process(home.root, port) as process:
        talking = threading.Thread(target=talk)
        talking.start()
        while len(confirmed) < 10:
            time.sleep(0.001)
        process.kill()
        talking.join()
    assert set(confirmed) <= kept(home)
    for path in home.incoming.rglob("*.dcm"):
        assert len(dcmread(path).PixelData) == 32768
    with receiving(home, Reception(port=0)):
        assert list(home.receiving.glob("*.part")) == []


def test_full_disk_refuses_and_goes_on_once_there_is_space(tmp_path, exam):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        home = Home(disk / "home")
        datasets = [dcmread(path) for path in exam[:12]]
        with (
            receiving(home, Reception(port=0, keep_free_bytes=0)) as receiver,
            association(receiver.port, datasets[0]) as made,
        ):
            statuses = [made.send_c_store(dataset).Status for dataset in datasets]
            full = statuses.index(OUT_OF_RESOURCES)
            assert 0 < full < len(statuses)
            assert statuses[full:] == [OUT_OF_RESOURCES] * (len(statuses) - full)
            assert kept(home) == {dataset.SOPInstanceUID for dataset in datasets[:full]}
            assert list(home.receiving.glob("*.part")) == []
            next(home.incoming.rglob("*.dcm")).unlink()
            assert made.send_c_store(datasets[full]).Status == SUCCESS
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_dcmtk_shows_its_certificate(tmp_path, start, home, exam):
    authority = Authority.make(tmp_path / "site", "site")
    receiver, ours = start(tls=authority.issue("receiver")), authority.issue("sender")
    tls = ["+tls", str(ours.key), str(ours.certificate), "+cf", str(ours.authority)]
    sent = storescu(receiver.port, exam[0], options=tls)
    assert sent.returncode == 0, sent.stderr
    stranger = Authority.make(tmp_path / "other", "other").issue("stranger")
    tls = ["+tls", str(stranger.key), str(stranger.certificate), "+cf", str(ours.authority)]
    assert storescu(receiver.port, exam[1], options=tls).returncode != 0
    assert kept(home) == uids(exam[:1])


@pytest.mark.filterwarnings("ignore:End of file reached")  # one of them is cut short on purpose
def test_every_real_image_arrives_with_its_pixels(start, home, root):
    paths = sorted(path for path in (root / "tests/data/dicom").iterdir() if path.suffix in ("", ".dcm"))
    sents = list(send(Call(Peer("FOVEA", "127.0.0.1", start().port)), map(Entry, paths)))
    sources = [(sent.sop_instance, sent.source) for sent in sents if sent.fault is None]
    assert len(sources) >= 20
    for uid, source in sources:
        # Some of the set share a UID with other content: the second lies beside the first.
        arrived = [dcmread(path).get("PixelData") for path in home.incoming.rglob(f"{uid}.*")]
        assert dcmread(source).get("PixelData") in arrived


@pytest.fixture
def holding(tmp_path, start, exam):
    """A call to an Orthanc that holds the exam and may send to our receiver."""
    with orthanc(tmp_path, ("FOVEA", start().port)) as port:
        made = Call(Peer("ORTHANC", "127.0.0.1", port))
        assert [sent.fault for sent in send(made, map(Entry, exam))] == [None] * len(exam)
        yield made


def test_orthanc_tells_what_findscu_is_told(holding, exam):
    (match,) = query(holding, "exam", {"PatientID": "1CT1"})
    asked = ["-S", "-k", "QueryRetrieveLevel=STUDY", "-k", "PatientID=1CT1", "-k", "StudyInstanceUID"]
    found = dcmtk("findscu", "-aec", "ORTHANC", *asked, "127.0.0.1", str(holding.peer.port), "-v")
    assert match.values["StudyInstanceUID"] in found.stdout + found.stderr
    assert match.values["NumberOfStudyRelatedInstances"] == str(len(exam))


def test_orthanc_sends_over_the_same_connection(holding, tmp_path, exam):
    incoming = Incoming(tmp_path / "out", tmp_path / "parts", keep_free_bytes=0)
    incoming.make()
    (match,) = query(holding, "series", {"PatientID": "1CT1"})
    retrieved = get(holding, match, incoming)
    assert (retrieved.completed, retrieved.fault) == (len(exam), None)
    assert {path.stem for path in (tmp_path / "out").rglob("*.dcm")} == uids(exam)


def test_orthanc_moves_to_our_receiver(holding, home, exam):
    (match,) = query(holding, "exam", {"PatientID": "1CT1"})
    assert move(holding, match, "FOVEA").fault is None
    assert kept(home) == uids(exam)


def test_movescu_has_orthanc_send_to_our_receiver(holding, home, exam):
    series = dcmread(exam[0]).StudyInstanceUID
    asked = ["-S", "-k", "QueryRetrieveLevel=STUDY", "-k", f"StudyInstanceUID={series}"]
    moved = dcmtk("movescu", "-aec", "ORTHANC", "-aem", "FOVEA", *asked, "127.0.0.1", str(holding.peer.port))
    assert moved.returncode == 0, moved.stderr
    assert kept(home) == uids(exam)

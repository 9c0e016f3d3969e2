"""The receiver against pynetdicom's own sender: what is confirmed lies on the disk whole, and nothing else does."""

import gc
import socket
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from pydicom import config, dcmread
from pynetdicom.transport import RequestHandler

from engine.errors import NetworkError, UsageError
from engine.network.guarded import Bounds
from engine.network.receive import Reception, receiving
from engine.network.statuses import NOT_OF_CLASS, NOT_UNDERSTOOD, OUT_OF_RESOURCES, SUCCESS
from engine.places import Home
from tests.engine.network.scu import association, ct, pieces, store

IMPATIENT = Bounds(stall_s=0.5, pdu_s=0.5)


def files(home):
    return sorted(path for path in home.incoming.rglob("*") if path.is_file())


def parts(home):
    return list(home.receiving.glob("*.part"))


def wait_until(condition, limit_s=10.0):
    end_s = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < end_s, "it did not come to that in time"
        time.sleep(0.01)


def test_echo_is_answered(start):
    with association(start().port) as made:
        assert made.send_c_echo().Status == SUCCESS


def test_object_lies_under_its_uids_with_its_own_bytes(start, home, root):
    sent = ct(root)
    assert store(start().port, sent) == [SUCCESS]
    kept = home.incoming / sent.StudyInstanceUID / sent.SeriesInstanceUID / f"{sent.SOPInstanceUID}.dcm"
    assert files(home) == [kept]
    assert dcmread(kept) == sent
    assert dcmread(kept).file_meta.TransferSyntaxUID == sent.file_meta.TransferSyntaxUID
    assert parts(home) == []


def test_compressed_pixels_stay_as_they_came(start, home, root):
    sent = dcmread(root / "tests/data/dicom/MR_small_jpeg_ls_lossless.dcm")
    assert store(start().port, sent) == [SUCCESS]
    assert dcmread(files(home)[0]).PixelData == sent.PixelData


def test_exam_in_two_associations_comes_together(start, home, root):
    receiver = start()
    first, second = ct(root, InstanceNumber="1"), ct(root, InstanceNumber="2")
    assert store(receiver.port, first) + store(receiver.port, second) == [SUCCESS, SUCCESS]
    assert len({path.parent for path in files(home)}) == 1
    assert len(files(home)) == 2


def test_same_object_again_is_confirmed_and_kept_once(start, home, root):
    receiver = start()
    assert store(receiver.port, ct(root), ct(root)) == [SUCCESS, SUCCESS]
    assert len(files(home)) == 1
    assert (receiver.counts["received"], receiver.counts["again"]) == (1, 1)


def test_other_bytes_under_the_same_uid_are_kept_beside(start, home, root):
    first = ct(root)
    second = ct(root, SOPInstanceUID=first.SOPInstanceUID, ImageComments="sent anew")
    assert store(start().port, first, second) == [SUCCESS, SUCCESS]
    assert sorted(dcmread(path).ImageComments for path in files(home)) == [first.ImageComments, "sent anew"]


def test_five_senders_at_once_lose_nothing(start, home, root):
    receiver = start()
    sent = [[ct(root, InstanceNumber=str(n), SeriesNumber=str(who)) for n in range(8)] for who in range(5)]
    statuses = []
    senders = [threading.Thread(target=lambda own=own: statuses.extend(store(receiver.port, *own))) for own in sent]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert statuses == [SUCCESS] * 40
    assert {path.stem for path in files(home)} == {one.SOPInstanceUID for own in sent for one in own}


def test_call_for_another_title_is_rejected(start, root):
    with association(start().port, title="OTHER") as made:
        assert made.is_rejected


def test_only_listed_callers_are_let_in(start):
    receiver = start(callers=("CT1",))
    with association(receiver.port, caller="CT2") as made:
        assert made.is_rejected
    with association(receiver.port, caller="CT1") as made:
        assert made.is_established


def test_listening_for_other_machines_needs_a_list_of_callers():
    with pytest.raises(UsageError) as error:
        Reception(host="0.0.0.0")  # noqa: S104  # it is refused
    assert error.value.code == "US-CALLERS"


def test_associations_above_the_limit_are_rejected_for_now(start):
    receiver = start(associations=1)
    with association(receiver.port) as first, association(receiver.port) as second:
        assert first.is_established
        assert second.is_rejected
        assert second.acceptor.primitive.result_str == "Rejected Transient"


def test_reports_are_not_agreed_on(start, root):
    report = dcmread(root / "tests/data/dicom/reportsi.dcm")
    with association(start().port, report) as made:
        assert [str(context.abstract_syntax) for context in made.rejected_contexts] == [report.SOPClassUID]


def test_object_above_the_limit_costs_itself_alone(start, home, root):
    small = ct(root)
    large = ct(root, Rows=1000, Columns=1000, PixelData=bytes(2_000_000))
    assert store(start(object_bytes=1_000_000).port, large, small) == [OUT_OF_RESOURCES, SUCCESS]
    assert [path.stem for path in files(home)] == [small.SOPInstanceUID]
    assert parts(home) == []


def test_nothing_is_stored_when_the_disk_is_almost_full(start, home, root):
    assert store(start(keep_free_bytes=1 << 60).port, ct(root)) == [OUT_OF_RESOURCES]
    assert files(home) + parts(home) == []


def test_other_object_than_announced_is_refused(start, home, root):
    receiver, sent, other = start(), ct(root), ct(root, InstanceNumber="2")
    with association(receiver.port, sent) as made:
        answers = []
        made.dimse.msg_queue.put = lambda answer: answers.append(answer[1].Status)
        # The request is that of one object, the data set is another.
        for piece in (pieces(made, sent)[0], *pieces(made, other)[1:]):
            made.dul.socket.socket.sendall(piece)
        wait_until(lambda: answers)
    assert answers == [NOT_OF_CLASS]
    assert receiver.counts["refused"] == 1
    assert files(home) + parts(home) == []


@pytest.mark.parametrize("uid", ["", "../../../outside", "1.2.3/../../outside", "1.2.", "1" * 65])
def test_no_name_is_made_of_what_is_no_uid(start, home, root, uid):
    sent = ct(root)
    with config.disable_value_validation():
        sent.SeriesInstanceUID = uid
        assert store(start().port, sent) == [NOT_UNDERSTOOD]
    assert files(home) + parts(home) == []
    assert not (home.root.parent / "outside").exists()


def test_association_cut_in_the_middle_leaves_what_was_whole(start, home, root):
    whole, half = ct(root), ct(root, InstanceNumber="2")
    receiver = start()
    with association(receiver.port, whole) as made:
        assert made.send_c_store(whole).Status == SUCCESS
        for piece in pieces(made, half)[:-1]:
            made.dul.socket.socket.sendall(piece)
        wait_until(lambda: parts(home))
        made.abort()
    wait_until(lambda: not parts(home))
    assert [path.stem for path in files(home)] == [whole.SOPInstanceUID]


def test_peer_that_stalls_in_a_piece_is_cut_and_keeps_nobody_out(start, home, root):
    receiver = start(bounds=IMPATIENT, associations=2)
    sent = ct(root)
    with association(receiver.port, sent) as stalling:
        stalling.dul.socket.socket.sendall(pieces(stalling, sent)[0] + pieces(stalling, sent)[1][:50])
        assert store(receiver.port, sent) == [SUCCESS]
        wait_until(lambda: not stalling.is_established, limit_s=5.0)
    wait_until(lambda: not parts(home))


def test_announcement_of_a_huge_piece_ends_the_connection(start):
    with association(start().port) as made:
        made.dul.socket.socket.sendall(b"\x04\x00\xff\xff\xff\xff")
        wait_until(lambda: not made.is_established, limit_s=5.0)


def test_message_that_cannot_be_read_ends_its_association_alone(start, home, root):
    receiver = start()
    with association(receiver.port, ct(root)) as made:
        command = b"\x03" + b"\x00\x00\x00\x01\x02\x00\x00\x00\x77\x77"  # a command field that no message has
        value = b"\x01" + command
        piece = len(value).to_bytes(4, "big") + value
        made.dul.socket.socket.sendall(b"\x04\x00" + len(piece).to_bytes(4, "big") + piece)
        wait_until(lambda: not made.is_established, limit_s=5.0)
    assert store(receiver.port, ct(root)) == [SUCCESS]


def test_what_a_dead_receiver_had_begun_is_removed(home):
    home.receiving.mkdir()
    (home.receiving / "abc.part").write_bytes(b"half")
    with receiving(home, Reception(port=0)):
        assert parts(home) == []


def test_second_receiver_of_a_home_is_refused(start, home):
    start()
    with pytest.raises(NetworkError) as error, receiving(home, Reception(port=0)):
        pass
    assert error.value.code == "NW-HOME"


def test_port_in_use_is_named(start, tmp_path):
    port = start().port
    with pytest.raises(NetworkError) as error, receiving(Home(tmp_path / "other"), Reception(port=port)):
        pass
    assert error.value.code == "NW-LISTEN"
    assert str(port) in error.value.message


def test_end_does_not_wait_for_a_stalled_peer(home, root):
    sent = ct(root)
    with ExitStack() as later:
        with receiving(home, Reception(port=0)) as receiver:
            stalling = later.enter_context(association(receiver.port, sent))
            request = pieces(stalling, sent)
            stalling.dul.socket.socket.sendall(request[0] + request[1] + request[2][:50])
            wait_until(lambda: parts(home))
            begun_s = time.monotonic()
        assert time.monotonic() - begun_s < 5.0
    assert parts(home) == []


def test_no_descriptor_and_no_thread_outlasts_its_association(start, root):
    others = set(threading.enumerate())  # of this process's earlier tests: one of them may still be ending
    receiver, sent = start(bounds=IMPATIENT), ct(root)

    def use():
        assert store(receiver.port, sent) == [SUCCESS]
        with association(receiver.port, title="OTHER") as rejected:
            assert rejected.is_rejected
        with association(receiver.port, sent) as cut:
            request = pieces(cut, sent)
            cut.dul.socket.socket.sendall(request[0] + request[1])
            cut.abort()
        with socket.create_connection(("127.0.0.1", receiver.port)) as silent:
            silent.sendall(b"GET / HTTP/1.1\r\n\r\n")

    def held():
        return len(list(Path("/proc/self/fd").iterdir())), len(set(threading.enumerate()) - others)

    use()
    gc.disable()  # nothing is left to the collector
    try:
        wait_until(lambda: held()[1] == 1)  # the receiver's
        before = held()
        for _ in range(5):
            use()
        # What was still closing before may be gone now; a use that left something would have left it five times.
        wait_until(lambda: all(now <= then for now, then in zip(held(), before, strict=True)))
    finally:
        gc.enable()


def test_checks_whether_the_port_is_open_keep_no_sender_out(start, root):
    receiver = start(associations=2)
    for _ in range(20):
        socket.create_connection(("127.0.0.1", receiver.port)).close()
        time.sleep(0.02)
    wait_until(lambda: threading.active_count() <= 4)
    assert store(receiver.port, ct(root)) == [SUCCESS]


def test_end_lets_go_of_a_connection_that_asked_for_nothing(home):
    with receiving(home, Reception(port=0)) as receiver:
        silent = socket.create_connection(("127.0.0.1", receiver.port))
        wait_until(lambda: any("AcceptorThread" in thread.name for thread in threading.enumerate()))
    with silent:
        silent.settimeout(5.0)
        assert silent.recv(1) == b""


def test_end_lets_go_of_a_connection_that_has_not_begun(home, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()
    handle = RequestHandler.handle

    def late(handler):
        begun.set()
        assert go_on.wait(10.0)
        handle(handler)

    monkeypatch.setattr(RequestHandler, "handle", late)
    with receiving(home, Reception(port=0)) as receiver:
        silent = socket.create_connection(("127.0.0.1", receiver.port))
        assert begun.wait(10.0)
    with silent:
        silent.settimeout(5.0)
        assert silent.recv(1) == b""
        go_on.set()

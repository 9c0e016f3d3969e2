"""Decoder processes: what they read is what this process reads, and what goes wrong in them costs one study."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.budget import Budget
from engine.errors import BudgetExceeded, Cancelled, InputError
from engine.intake.find import Found, find, find_one
from engine.intake.isolated.line import Line
from engine.intake.isolated.pool import Decoders
from engine.intake.limits import Limits
from engine.intake.read import Loaded, read_study
from engine.places import RESOURCES
from tests.engine.intake.isolated.processes import is_gone, signalled_at_work, wait_until, write_large_picture
from tests.engine.intake.slices import AXIAL, at, noise, write_series, write_slice

DEPTHS = [0.0, 2.5, 5.0, 7.5, 10.0, 12.5]


@pytest.fixture(scope="module")
def decoders():
    with Decoders(Line(2)) as pool:
        pool.line.start()
        yield pool


@pytest.fixture
def one():
    """A pool of one process, so that it is known which one reads; it has read one picture."""
    with Decoders(Line(1)) as pool:
        pool.read_study(find_one(next((RESOURCES / "samples").glob("*.jpg"))))
        yield pool


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Found:
    return find_one(write_large_picture(tmp_path_factory.mktemp("large") / "large.png"))


@pytest.fixture
def small(tmp_path) -> Found:
    path = tmp_path / "small.png"
    Image.fromarray(np.arange(64, dtype=np.uint8).reshape(8, 8)).save(path)
    return find_one(path)


def outcome(read, found: Found) -> Loaded | InputError:
    try:
        return read(found)
    except InputError as refusal:
        return refusal


def assert_same(there: Loaded | InputError, here: Loaded | InputError) -> None:
    if isinstance(here, InputError):
        assert isinstance(there, InputError), here.message
        assert (there.code, str(there)) == (here.code, str(here))
        return
    assert isinstance(there, Loaded), there.message
    assert (there.study, there.doubts) == (here.study, here.doubts)
    np.testing.assert_array_equal(there.stored, here.stored)
    assert there.stored.dtype == here.stored.dtype
    for name in here.scan.__slots__:
        ours, theirs = getattr(here.scan, name), getattr(there.scan, name)
        if name == "pixels":
            np.testing.assert_array_equal(theirs, ours)
            assert theirs.dtype == ours.dtype
            assert not theirs.flags.writeable
        else:
            assert theirs == ours, name


@pytest.mark.parametrize("folder", ["tests/data", "resources/samples"])
def test_all_files_of_the_clone_are_read_as_in_this_process(decoders, root, folder):
    candidates = list(find([root / folder]))
    assert len(candidates) > 3
    for found in candidates:
        assert_same(outcome(decoders.read_study, found), outcome(read_study, found))


@pytest.mark.parametrize("folder", ["dicom/files", "dicom/series", "nifti"])
def test_the_whole_set_is_read_as_in_this_process(decoders, shared, folder):
    candidates = list(find([shared / "data" / folder]))
    assert len(candidates) > 3
    for found in candidates:
        assert_same(outcome(decoders.read_study, found), outcome(read_study, found))


def series_with(folder: Path, fault: str) -> Path:
    positions = [at(depth, column_mm=-0.33 * depth if fault == "tilted" else 0.0) for depth in DEPTHS]
    if fault == "uneven":
        positions = [at(depth) for depth in (0.0, 1.0, 2.0, 3.0, 6.0, 9.0)]
    files = write_series(folder, positions, AXIAL)
    if fault == "slopes":
        write_slice(files[2], positions[2], noise(6)[2], RescaleSlope=1.5)
    if fault == "copy":
        (folder / "copy.dcm").write_bytes(files[3].read_bytes())
    if fault == "overlap":
        write_slice(folder / "other.dcm", positions[3], noise(1)[0] + 1)
    if fault == "values":
        write_slice(files[3], positions[3], np.full((6, 8), 40_000, np.uint16) * np.uint16(1))
    if fault in ("cut", "two cut"):
        files[4].write_bytes(files[4].read_bytes()[:-20])
    if fault == "two cut":
        files[1].write_bytes(files[1].read_bytes()[:-10])
    return folder


FAULTS = ["straight", "tilted", "uneven", "slopes", "copy", "overlap", "values", "cut", "two cut"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_series_is_put_together_and_refused_as_in_this_process(decoders, tmp_path, fault):
    found = find_one(series_with(tmp_path / fault, fault))
    assert_same(outcome(decoders.read_study, found), outcome(read_study, found))


def test_the_pixels_of_a_straight_series_are_the_memory_that_the_processes_wrote(decoders, tmp_path):
    found = find_one(series_with(tmp_path, "straight"))
    pixels = decoders.read_study(found).scan.pixels
    base = pixels
    while isinstance(base, np.ndarray) and base.base is not None:
        base = base.base
    assert isinstance(base, memoryview)


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL])
def test_a_decoder_that_dies_at_work_refuses_its_file_and_no_other(one, large, small, number):
    (pid,) = one.line.pids
    killer = threading.Thread(target=signalled_at_work, args=(pid, number))
    killer.start()
    with pytest.raises(InputError) as caught:
        one.read_study(large)
    killer.join()
    assert caught.value.code == "IN-DECODE-CRASH"
    assert "large.png" in caught.value.message
    assert number.name in caught.value.message
    assert caught.value.next_step
    assert one.read_study(small).scan.shape == (8, 8)
    assert one.line.pids != (pid,)
    assert is_gone(pid)


def test_a_decoder_that_hangs_at_work_is_stopped_at_its_deadline(one, large, small, monkeypatch):
    monkeypatch.setattr("engine.intake.limits._BYTES_A_SECOND", 1 << 30)  # else a file of this size has 18 s
    (pid,) = one.line.pids
    stopper = threading.Thread(target=signalled_at_work, args=(pid, signal.SIGSTOP))
    stopper.start()
    with pytest.raises(InputError) as caught:
        one.read_study(large, Limits(time_s=0.5))
    stopper.join()
    assert caught.value.code == "IN-DECODE-TIME"
    assert "large.png" in caught.value.message
    assert one.read_study(small).scan.shape == (8, 8)
    assert is_gone(pid)


def test_memory_beyond_the_limit_refuses_a_file_and_the_decoder_lives_on(one, large, small):
    pids = one.line.pids
    with pytest.raises(InputError) as caught:
        one.read_study(large, Limits(memory_bytes=48 << 20))
    assert caught.value.code == "IN-MEMORY"
    assert "large.png" in caught.value.message
    assert "48 MiB" in caught.value.message
    assert one.read_study(small).scan.shape == (8, 8)
    assert one.read_study(large).scan.shape == (6000, 6000)
    assert one.line.pids == pids


def test_a_series_names_the_slice_at_which_its_decoder_was_lost(one, tmp_path):
    found = find_one(series_with(tmp_path, "straight"))

    def stop():
        """Called when no more than four of the six slices have been asked for."""
        for pid in one.line.pids:
            os.kill(pid, signal.SIGSTOP)

    with pytest.raises(InputError) as caught:
        one.read_study(found, Limits(time_s=1.0), on_slice=stop)
    assert caught.value.code == "IN-DECODE-TIME"
    assert any(f"00{number}.dcm" in caught.value.message for number in range(6))
    assert one.read_study(found).scan.shape == (6, 6, 8)


def test_a_decoder_that_died_idle_costs_nothing(one, small):
    (pid,) = one.line.pids
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: is_gone(pid))
    assert one.read_study(small).scan.shape == (8, 8)


def test_a_person_can_stop_the_reading_of_one_file(one, large, small):
    (pid,) = one.line.pids
    os.kill(pid, signal.SIGSTOP)
    budget = Budget(0.3)
    with pytest.raises(BudgetExceeded):
        one.read_study(large, on_slice=lambda: budget.check("read"))
    assert one.read_study(small).scan.shape == (8, 8)
    assert is_gone(pid)


def test_two_threads_read_at_once(decoders, large, small):
    shapes = []
    threads = [
        threading.Thread(target=lambda found=found: shapes.append(decoders.read_study(found).scan.shape))
        for found in (large, small, large, small)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(shapes) == [(8, 8), (8, 8), (6000, 6000), (6000, 6000)]


def test_closing_ends_every_process_at_once(large):
    pool = Decoders(Line(1))
    pool.line.start()
    wait_until(lambda: bool(pool.line.pids))
    ended = []

    def read():
        with pytest.raises(Cancelled) as caught:
            pool.read_study(large)
        ended.append(caught.value.code)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    (pid,) = pool.line.pids
    pool.close()
    for reader in readers:
        reader.join(5.0)
    assert ended == ["BU-CANCELLED"] * 2
    assert is_gone(pid)
    read()


PARENT = """
import sys, time
from pathlib import Path
from engine.intake.find import find_one
from engine.intake.isolated.line import Line
from engine.intake.isolated.pool import Decoders

decoders = Decoders(Line(1))
decoders.read_study(find_one(Path(sys.argv[1])))
print(decoders.line.pids[0], flush=True)
if sys.argv[3] == "at work":
    decoders.read_study(find_one(Path(sys.argv[2])))
time.sleep(60)
"""


@pytest.mark.parametrize("state", ["idle", "at work", "stopped"])
def test_no_decoder_outlives_its_parent_however_that_dies(large, small, state):
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, small.source, large.source, state], stdout=subprocess.PIPE, text=True
    )
    with parent:
        pid = int(parent.stdout.readline())
        if state == "stopped":
            os.kill(pid, signal.SIGSTOP)
        parent.kill()
    wait_until(lambda: is_gone(pid))


def test_the_keyboard_interrupts_the_program_and_not_its_decoders(one):
    (pid,) = one.line.pids
    assert os.getpgid(pid) == pid != os.getpgid(0)

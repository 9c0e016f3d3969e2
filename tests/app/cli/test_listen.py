"""`fovea listen` as a whole: what a peer sends in pieces becomes one answer."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from app.cli.listen import settings_of
from app.cli.main import main
from app.cli.parser import build_parser
from tests.engine.network.peers import free_port
from tests.engine.network.scu import ct, store

SERIES = "1.2.826.0.1.1"


@pytest.fixture
def slices(root):
    """A CT series with a bright cube, which the model of the tests flags."""
    voxels = np.full((20, 24, 28), -850, np.int16)
    voxels[4:12, 8:16, 12:20] = 30
    return [
        ct(
            root,
            SeriesInstanceUID=SERIES,
            InstanceNumber=str(number + 1),
            ImagesInAcquisition=len(voxels),
            Rows=24,
            Columns=28,
            PixelSpacing=[1, 1],
            SliceThickness=1,
            ImagePositionPatient=[0, 0, number],
            ImageOrientationPatient=[1, 0, 0, 0, 1, 0],
            RescaleIntercept=-1024,
            RescaleSlope=1,
            PixelData=(plane + 1024).astype(np.uint16).tobytes(),
        )
        for number, plane in enumerate(voxels)
    ]


def listen(capsys, talk, *options):
    """Runs the command while a thread talks to it, and gives the lines of its outcomes once there is one."""
    port = free_port()
    faults = []

    def peer():
        try:
            wait_for(lambda: "Listening" in read(), 30)
            talk(port)
            wait_for(lambda: said, 60)
            time.sleep(2.0)  # for one too many
        except BaseException as fault:  # noqa: BLE001  # told below, by the thread that can fail a test
            faults.append(fault)
        os.kill(os.getpid(), signal.SIGTERM)

    said, heard = [], []

    def read():
        out, err = capsys.readouterr()
        said.extend(out.splitlines())
        heard.append(err)
        return "".join(heard)

    def wait_for(condition, limit_s):
        end_s = time.monotonic() + limit_s
        while not condition():
            assert time.monotonic() < end_s, read()
            time.sleep(0.1)
            read()

    talking = threading.Thread(target=peer)
    talking.start()
    status = main(["listen", "--json", "--port", str(port), *options])
    talking.join()
    read()
    assert faults == []
    assert status == 0
    return [json.loads(line) for line in said]


def test_series_in_two_associations_gets_one_answer(volume_home, slices, capsys):
    def talk(port):
        assert set(store(port, *slices[:9])) == {0}
        time.sleep(1.0)
        assert set(store(port, *slices[9:])) == {0}

    (line,) = listen(capsys, talk, "--quiet", "2")
    assert (line["status"], line["flagged"], line["coverage"]) == ("answered", True, 1.0)
    assert SERIES in line["source"]


@pytest.mark.deep
def test_series_of_which_the_end_never_comes_is_incomplete(volume_home, slices, capsys):
    def talk(port):
        assert set(store(port, *slices[:15])) == {0}

    (line,) = listen(capsys, talk, "--wait", "2", "--quiet", "1")
    assert (line["status"], line["code"], line["flagged"]) == ("incomplete", "IN-SER-INCOMPLETE", True)


def test_listening_for_other_machines_without_callers_is_wrong_use(home, capsys):
    assert main(["listen", "--host", "0.0.0.0"]) == 2  # noqa: S104  # it is refused
    assert "US-CALLERS" in capsys.readouterr().err


def test_settings_come_from_the_home_and_options_overrule_them(home):
    (home.root / "listen.toml").write_text('title = "CT READER"\nport = 104\nseries_quiet_s = 3\nmodel = "nodules"\n')
    arguments = build_parser().parse_args(["listen", "--port", "11113", "--routing", "move"])
    reception, rule = settings_of(arguments, home)
    assert (reception.title, reception.port) == ("CT READER", 11113)
    assert (rule.series_quiet_s, rule.routing, rule.request.model_id) == (3, "move", "nodules")
    assert (rule.path, rule.completion) == (home.incoming, "renamed")


def test_setting_that_there_is_not_is_wrong_use(home, capsys):
    (home.root / "listen.toml").write_text("prot = 104\n")
    assert main(["listen"]) == 2
    assert "prot" in capsys.readouterr().err


@pytest.mark.deep
def test_what_was_confirmed_is_answered_once_after_a_kill(volume_home, slices, root):
    port = free_port()
    options = ["--json", "--port", str(port), "--model", "bright-spots-ct", "--quiet", "2"]
    command = [sys.executable, "-m", "app.cli.main", "listen", *options]

    def started():
        process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        while "Listening" not in process.stderr.readline():
            assert process.poll() is None
        return process

    with started() as killed:
        assert set(store(port, *slices)) == {0}
        killed.kill()
    with started() as process:
        lines = [process.stdout.readline()]
        time.sleep(3.0)  # for one too many
        process.terminate()
        lines += process.stdout.readlines()
        assert process.wait(timeout=60) == 0
    (line,) = map(json.loads, lines)
    assert (line["status"], line["flagged"]) == ("answered", True)

"""The same driving by mouse and keys on a real X display."""

import os
import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.deep


@pytest.fixture
def display():
    """A display of its own, chosen by the server."""
    if shutil.which("Xvfb") is None:
        pytest.skip("needs Xvfb (Debian: apt-get install xvfb)")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(10)


@pytest.mark.timeout(600)
def test_window_is_driven_on_a_real_display(display, root, tmp_path):
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "FOVEA_HOME": str(tmp_path / "home")}
    driven = ["tests/app/test_wiring.py", "tests/app/wiring", "tests/app/views", "tests/app/paint"]
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--no-header", *driven],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-4000:] + told.stderr[-2000:]
    assert " passed" in told.stdout


def test_command_opens_a_window_on_a_real_display_and_a_signal_closes_it(display, root, tmp_path):
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "FOVEA_HOME": str(tmp_path / "home")}
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli.main", "resources/samples"],
        cwd=root,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(5)
    process.terminate()
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    assert errors == ""

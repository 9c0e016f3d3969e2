"""Start-up of the desktop, in processes of its own."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from app.desktop import require_display
from engine.errors import UsageError
from engine.places import RESOURCES

HEAVY = ("numba", "pydicom", "sqlalchemy", "alembic", "onnxruntime", "SimpleITK", "imagecodecs", "PIL", "torch")

FIRST_PAINT = """
import json, sys
from PySide6.QtWidgets import QApplication
import app.desktop as desktop

started = desktop.Desktop.open

def after_first_paint():
    print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})), flush=True)
    QApplication.closeAllWindows()

def open_and_watch(self, paths):
    self.window.first_painted.connect(after_first_paint)
    started(self, paths)

desktop.Desktop.open = open_and_watch
from app.cli.main import main
sys.exit(main([]))
"""


@pytest.fixture
def environment(tmp_path):
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "FOVEA_HOME": str(tmp_path / "home")}


def test_window_is_painted_before_anything_slow_is_imported(environment):
    told = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert told.returncode == 0, told.stderr
    loaded = json.loads(told.stdout.splitlines()[0])
    assert "PySide6" in loaded
    assert [name for name in HEAVY if name in loaded] == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_window_closes_on_a_polite_signal_in_the_middle_of_work(environment, number):
    code = f"import sys; from app.desktop import *; sys.exit(open_desktop([Path({str(RESOURCES / 'samples')!r})]))"
    process = subprocess.Popen([sys.executable, "-c", code], env=environment, stderr=subprocess.PIPE, text=True)
    time.sleep(2.5)
    assert process.poll() is None
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors


def test_machine_without_a_display_is_told_so(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(UsageError, match="no display") as refusal:
        require_display()
    assert refusal.value.code == "US-DISPLAY"
    assert "fovea run" in refusal.value.next_step


def test_offscreen_needs_no_display(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    require_display()

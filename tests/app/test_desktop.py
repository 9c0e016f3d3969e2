"""Start-up of the desktop, in processes of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from statistics import median

import pytest

from app.desktop import require_display
from engine.errors import UsageError
from engine.places import RESOURCES

HEAVY = (
    "numpy",
    "numba",
    "pydicom",
    "sqlalchemy",
    "alembic",
    "onnxruntime",
    "SimpleITK",
    "imagecodecs",
    "PIL",
    "torch",
)

EMPTY = """
import time
from statistics import median
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.process_time(), flush=True)
        QApplication.quit()

application = QApplication([])
window = Window()
window.resize(1280, 800)
window.show()
application.exec()
"""

OURS = """
import json, sys, time
from PySide6.QtWidgets import QApplication
from app.views.main_window import MainWindow

def tell():
    print(time.process_time(), flush=True)
    print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})), flush=True)

def furnished(self):
    print("furnished", flush=True)
    QApplication.closeAllWindows()

made = MainWindow.__init__

def make(self):
    made(self)
    self.appeared.connect(tell)
    self.first_painted.connect(lambda: furnished(self))

MainWindow.__init__ = make
from app.cli.main import main
sys.exit(main([]))
"""

TIMES = 2.0
"""The bare window takes at most so many times the CPU time of an empty one, from the start of Python on."""


@pytest.fixture
def environment(tmp_path):
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "FOVEA_HOME": str(tmp_path / "home")}


def lines_of(code, environment):
    told = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert told.returncode == 0, told.stderr
    return told.stdout.splitlines()


def test_window_appears_before_anything_slow_is_imported_and_is_furnished_then(environment):
    _, modules, furnished = lines_of(OURS, environment)
    loaded = json.loads(modules)
    assert "PySide6" in loaded
    assert [name for name in HEAVY if name in loaded] == []
    assert furnished == "furnished"


def test_bare_window_takes_at_most_twice_the_time_of_an_empty_one(environment):
    runs = [(float(lines_of(OURS, environment)[0]), float(lines_of(EMPTY, environment)[0])) for _ in range(5)]
    assert median(ours_s / empty_s for ours_s, empty_s in runs) <= TIMES, runs


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

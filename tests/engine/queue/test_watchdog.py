import subprocess
import sys

HANG = """
import ctypes, sys
from pathlib import Path
import engine.queue.watchdog as watchdog
watchdog._HUNG_S = 0.3
with watchdog.Watchdog(Path(sys.argv[1])) as dog:
    dog.feed()
    ctypes.PyDLL(None).sleep(60)  # holds the interpreter, as native code that hangs
"""


def test_a_process_whose_threads_cannot_run_ends_and_says_where_it_was(tmp_path, root):
    crashes = tmp_path / "crash.log"
    ended = subprocess.run([sys.executable, "-c", HANG, str(crashes)], cwd=root, timeout=30, check=False)
    assert ended.returncode == 1
    assert "Timeout" in crashes.read_text()
    assert crashes.stat().st_mode & 0o777 == 0o600
    assert "sleep" not in crashes.read_text(), "the trace names Python's frames"


def test_where_nothing_can_be_written_the_watch_goes_on(tmp_path, root):
    ended = subprocess.run(
        [sys.executable, "-c", HANG, str(tmp_path / "missing" / "crash.log")], cwd=root, timeout=30, check=False
    )
    assert ended.returncode == 1

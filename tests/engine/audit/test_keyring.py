import shutil
import subprocess
import sys

import pytest

from engine.audit.ratchet import ChainKey, load_chain_key, move_to_keyring, save_chain_key
from engine.errors import StoreError

_IN_SESSION = """
import sys
from pathlib import Path
from engine.audit.ratchet import move_to_keyring
from engine.places import Home
from engine.store.database import open_store
from engine.store.outcomes import record
from engine.store.verify import verify_home
from tests.engine.store.answers import answered, arrival
home = Home(Path(sys.argv[1]))

def answer():
    with open_store(home) as store:
        record(store, came := arrival(), None, answered(came))

answer()
move_to_keyring(home.chain_key)
move_to_keyring(home.chain_key)
answer()
answer()
print(verify_home(home).broken, verify_home(home).seals, '"key":' in home.chain_key.read_text())
"""


def test_without_a_keyring_the_file_keeps_the_key(tmp_path, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody-listens")
    path = tmp_path / "audit.now"
    key = ChainKey(1, bytes(range(32)))
    save_chain_key(path, key)
    with pytest.raises(StoreError) as caught:
        move_to_keyring(path)
    assert caught.value.code == "ST-KEYRING"
    assert load_chain_key(path) == key


def test_key_in_a_keyring_that_is_out_of_reach_is_not_made_anew(tmp_path, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody-listens")
    path = tmp_path / "audit.now"
    path.write_text('{"format": "fovea-audit-key-1", "keyring": "somewhere"}')
    path.chmod(0o600)
    with pytest.raises(StoreError) as caught:
        load_chain_key(path)
    assert caught.value.code == "ST-KEYRING"


@pytest.mark.deep
def test_log_goes_on_with_its_key_in_a_real_keyring(home, root, tmp_path, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody-listens")
    if not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")):
        pytest.skip("needs gnome-keyring and dbus-run-session")
    script = tmp_path / "in_session.py"
    script.write_text(_IN_SESSION)
    unlock = "printf secret | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null"
    done = subprocess.run(
        [
            "dbus-run-session",
            "--",
            "sh",
            "-c",
            f'{unlock}; exec "$0" "$@"',
            sys.executable,
            str(script),
            str(home.root),
        ],
        cwd=root,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(root), "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.stdout == "None 3 False\n", done.stderr
    # Outside that session the key cannot be had, and the log is not continued with another.
    with pytest.raises(StoreError) as caught:
        load_chain_key(home.chain_key)
    assert caught.value.code == "ST-KEYRING"

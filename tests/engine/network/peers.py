"""Real DICOM peers, started for a test on free ports: DCMTK's programs and Orthanc."""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ORTHANC_PLACES = ("Orthanc", "/usr/sbin/Orthanc")


def program(*names: str) -> str:
    """The program, or a skipped test that says which is missing."""
    for name in names:
        if found := shutil.which(name):
            return found
    pytest.skip(f"needs {names[0]} (installer/bootstrap.sh peers)")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    """A server that listens at the port; ended and waited for with the block."""
    with (folder / "peer.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            end_s = time.monotonic() + 60.0
            while not _listens(port):
                assert process.poll() is None, (folder / "peer.log").read_text()
                assert time.monotonic() < end_s, "the peer does not listen"
                time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


def dcmtk(*command: str) -> subprocess.CompletedProcess:
    """Runs one of DCMTK's programs to its end."""
    return subprocess.run([program(command[0]), *command[1:]], capture_output=True, text=True, timeout=120, check=False)


@contextmanager
def archive(folder: Path, receiver: tuple[str, int] | None = None) -> Iterator[int]:
    """DCMTK's archive `dcmqrscp` with the title ARCHIVE; it knows one receiver that it may send to."""
    port, database = free_port(), folder / "archive"
    database.mkdir()
    host = [] if receiver is None else [f"receiver = ({receiver[0]}, 127.0.0.1, {receiver[1]})"]
    settings = [
        f"NetworkTCPPort = {port}", "MaxPDUSize = 16384", "MaxAssociations = 16", "HostTable BEGIN", *host,
        "HostTable END", "AETable BEGIN", f"ARCHIVE {database} RW (500, 1024mb) ANY", "AETable END",
    ]  # fmt: skip
    (folder / "dcmqrscp.cfg").write_text("\n".join(settings) + "\n")
    with running([program("dcmqrscp"), "-c", str(folder / "dcmqrscp.cfg")], port, folder):
        yield port


@contextmanager
def orthanc(folder: Path, receiver: tuple[str, int] | None = None) -> Iterator[int]:
    """Orthanc with the title ORTHANC; it knows one receiver that it may send to."""
    port = free_port()
    settings = {
        "Name": "peer", "StorageDirectory": str(folder / "orthanc"), "IndexDirectory": str(folder / "orthanc"),
        "DicomAet": "ORTHANC", "DicomPort": port, "HttpServerEnabled": False, "Plugins": [],
        "DicomAlwaysAllowGet": True, "DicomAlwaysAllowMove": True, "DicomAlwaysAllowFind": True,
        "DicomAlwaysAllowStore": True, "DicomAlwaysAllowEcho": True, "SynchronousCMove": True,
        "DicomModalities": {} if receiver is None else {"receiver": [receiver[0], "127.0.0.1", receiver[1]]},
    }  # fmt: skip
    (folder / "orthanc.json").write_text(json.dumps(settings))
    with running([program(*ORTHANC_PLACES), str(folder / "orthanc.json")], port, folder):
        yield port


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1.0).close()
    except OSError:
        return False
    return True

"""Receiving the same 600 CT slices beside DCMTK's storescp and Orthanc, sent by storescu, one association and five.

Run: python -m tests.bench.receive [--slices N] [--rounds N]

Fovea flushes each file to the disk before it confirms it, and Orthanc does as it is set up by default; storescp leaves
that to the system.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from pydicom import dcmread
from pydicom.uid import generate_uid

from tests.engine.network.peers import free_port, orthanc, program, running
from tests.engine.network.receiver import ROOT, receiver_process

SENDERS = 5


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.receive", description=__doc__)
    parser.add_argument("--slices", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        size_bytes = write_slices(folder / "sent", options.slices)
        print(f"{options.slices} slices, {size_bytes / 2**20:.0f} MiB, median of {options.rounds} rounds, in turn\n")
        print(f"{'receiver':12}{'senders':>8}{'s':>8}{'files/s':>10}{'MiB/s':>8}")
        taken = {(name, senders): [] for name in RECEIVERS for senders in (1, SENDERS)}
        for number in range(options.rounds):
            for (name, senders), seconds in taken.items():
                place = folder / f"{name}{senders}-{number}"
                place.mkdir()
                with RECEIVERS[name](place) as (title, port):
                    seconds.append(send(folder / "sent", title, port, senders))
                shutil.rmtree(place)
        for (name, senders), seconds in taken.items():
            median_s = statistics.median(seconds)
            rates = f"{options.slices / median_s:10.0f}{size_bytes / 2**20 / median_s:8.0f}"
            print(f"{name:12}{senders:8}{median_s:8.2f}{rates}")


def write_slices(folder: Path, count: int) -> int:
    """A real slice, tiled to 512x512, as many series as there are senders; returns the bytes of all."""
    dataset = dcmread(ROOT / "tests/data/dicom/CT_small.dcm")
    dataset.PixelData = np.tile(dataset.pixel_array, (4, 4)).tobytes()
    dataset.Rows = dataset.Columns = 512
    for number in range(count):
        part = folder / str(number % SENDERS)
        part.mkdir(parents=True, exist_ok=True)
        dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid()
        dataset.InstanceNumber = str(number)
        dataset.save_as(part / f"{number:04}.dcm")
    return sum(path.stat().st_size for path in folder.rglob("*.dcm"))


def send(folder: Path, title: str, port: int, senders: int) -> float:
    """Seconds until all files were confirmed."""
    folders = [folder] if senders == 1 else sorted(folder.iterdir())
    begun_s = time.perf_counter()
    common = [program("storescu"), "-aec", title, "--scan-directories", "--recurse", "127.0.0.1", str(port)]
    processes = [subprocess.Popen([*common, str(part)], stderr=subprocess.DEVNULL) for part in folders]
    statuses = [process.wait() for process in processes]
    if any(statuses):
        sys.exit("storescu failed")
    return time.perf_counter() - begun_s


@contextmanager
def _fovea(folder: Path) -> Iterator[tuple[str, int]]:
    port = free_port()
    with receiver_process(folder / "home", port):
        yield "FOVEA", port


@contextmanager
def _storescp(folder: Path) -> Iterator[tuple[str, int]]:
    port = free_port()
    command = [program("storescp"), "--fork", "--output-directory", str(folder), str(port)]
    with running(command, port, folder):
        yield "STORESCP", port


@contextmanager
def _orthanc(folder: Path) -> Iterator[tuple[str, int]]:
    with orthanc(folder) as port:
        yield "ORTHANC", port


RECEIVERS: dict[str, Callable] = {"fovea": _fovea, "storescp": _storescp, "orthanc": _orthanc}


if __name__ == "__main__":
    main()

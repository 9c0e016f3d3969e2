"""A folder of 20,000 mixed files to its series: `python -m tests.bench.listing`.

Slices are real ones, each copy of a series under a UID of its own; their pixels are cut to a few kilobytes, since
listing never looks at them. Beside them lie photographs, text, odd files and damaged ones.
"""

import argparse
import os
import resource
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import count, islice
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from pydicom import dcmread

from engine.intake.dicom.slice_header import slice_header
from engine.intake.entry import Entry
from engine.intake.find import find
from engine.intake.limits import NO_OTHER_LIMITS

PIXEL_BYTES = 4096
SHARES = {"photographs": 0.15, "text": 0.1, "odd": 0.03, "damaged": 0.05}
"""Of the files; the rest are slices."""

ROOT = Path(__file__).parents[2]
PIXELS = b"\xe0\x7f\x10\x00"


def main() -> int:
    """Writes the folder, lists it three times, and prints the times and the peak of the memory."""
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch, _apart() as apart:
        written = apart.submit(write, Path(scratch), options.files, options.series).result()
        print(f"{sum(written.values()):,} files: " + ", ".join(f"{n:,} {kind}" for kind, n in written.items()))
        print(f"load {os.getloadavg()[0]:.2f} before")
        print("  listing s  of it CPU  ms a file  series  other candidates  progress told  peak MiB")
        for _ in range(options.rounds):
            with _apart() as fresh:
                print("  " + fresh.submit(_listed, Path(scratch)).result())
        print("  one header, CPU time: " + apart.submit(_headers, Path(scratch)).result())
    return 0


def write(folder: Path, files: int, series: Path) -> Counter[str]:
    """Fills a folder with so many files."""
    written: Counter[str] = Counter()
    samples = sorted((ROOT / "resources" / "samples").rglob("*.jpg"))
    odd = [path for path in sorted((ROOT / "tests" / "data" / "dicom").iterdir()) if path.name != "DICOMDIR"]
    random = np.random.default_rng(7)
    for kind, share in SHARES.items():
        for number in range(round(files * share)):
            target = folder / kind / f"{number % 40:02}" / f"{number:05}"
            target.parent.mkdir(parents=True, exist_ok=True)
            if kind == "photographs":
                target.with_suffix(".jpg").write_bytes(samples[number % len(samples)].read_bytes()[:40_000])
            elif kind == "text":
                target.with_suffix(".txt").write_text(f"Report {number}\n" * 40)
            elif kind == "odd":
                target.write_bytes(odd[number % len(odd)].read_bytes())
            else:
                target.write_bytes(random.bytes(int(random.integers(0, 9000))))
            written[kind] += 1
    for target, data in islice(_slices(folder, series), files - sum(written.values())):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        written["slices"] += 1
    return written


def _slices(folder, series):
    """Copies of the real series without end, each under a UID of its own."""
    originals = [
        [(path, _cut(path.read_bytes()), str(dcmread(path, stop_before_pixels=True).SeriesInstanceUID).encode())
         for path in sorted(one.rglob("*")) if path.is_file()]
        for one in sorted(series.iterdir())
    ]  # fmt: skip
    for number in count():
        for place, original in enumerate(originals):
            for path, data, uid in original:
                own = uid[:-6] + f".1{number:04}".encode()
                yield folder / "slices" / f"{number:04}-{place}" / path.name, data.replace(uid, own)


def _cut(data: bytes) -> bytes:
    return data[: data.rfind(PIXELS, 0, len(data)) + PIXEL_BYTES] if data.count(PIXELS) == 1 else data


def _listed(folder: Path) -> str:
    told, passed = [], []
    start, start_cpu = time.perf_counter(), time.process_time()
    found = list(find([folder], passed.append, told.append))
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - start_cpu
    series = sum(len(one.files) > 1 for one in found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each_ms = seconds / len(told) * 1000
    times = f"{seconds:9.2f}  {cpu_seconds:9.2f}  {each_ms:9.3f}"
    return f"{times}  {series:6}  {len(found) - series:16,}  {len(told):13,}  {peak:8.0f}"


def _headers(folder: Path) -> str:
    paths = [Entry(path) for path in sorted((folder / "slices").rglob("*")) if path.is_file()][:2000]
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for entry in paths:
            assert slice_header(entry, NO_OTHER_LIMITS) is not None
        best = min(best, time.process_time() - start)
    return f"{best / len(paths) * 1000:.3f} ms a slice, open and read included"


def _apart() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.listing", description=__doc__)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--series", type=Path, default=ROOT.parent / "shared" / "data" / "dicom" / "series")
    parser.add_argument("--scratch", type=Path, default=None, help="folder for the files, some 400 MiB")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())

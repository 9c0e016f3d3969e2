"""`python -m engine.learn.phantom --out DIR --split train --seed 1 --cases 100`: writes a set of simulated scans."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import get_args

from engine.errors import LearnError
from engine.learn.phantom.plan import Field
from engine.learn.phantom.profile import Split
from engine.learn.phantom.write import Form, write_set


def main() -> int:
    """Writes the set, a line a scan on stderr."""
    options = _options()
    indices = range(options.first, options.first + options.cases)
    field = Field(options.matrix, options.pixel_mm, options.height_mm)
    try:
        _write(options, indices, field)
    except OSError as error:
        sys.stderr.write(f"{options.out} cannot be written: {error.strerror or error}. Name a folder with room.\n")
        return 2
    except LearnError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _write(options: argparse.Namespace, indices: range, field: Field) -> None:
    started_s = time.perf_counter()
    nodules = 0
    for number, written in enumerate(
        write_set(options.out, options.split, options.seed, indices, options.nodules, field, options.form), 1
    ):
        nodules += len(written.annotations)
        sys.stderr.write(
            f"{written.path.name}: {number} of {options.cases} scans, {nodules} nodules, "
            f"{time.perf_counter() - started_s:.0f} s\n"
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m engine.learn.phantom", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the scans and truth.json")
    parser.add_argument("--split", choices=get_args(Split), required=True)
    parser.add_argument("--seed", type=_whole(0), required=True)
    parser.add_argument("--cases", type=_whole(1), required=True)
    parser.add_argument("--first", type=_whole(0), default=0, help="index of the first case")
    parser.add_argument("--nodules", type=_whole(0), help="in each case; drawn where left out")
    parser.add_argument("--form", choices=get_args(Form), default="mha", help="a file a scan, or a DICOM series")
    parser.add_argument("--matrix", type=_whole(16), help="pixels of a square field (512 for all); else the lungs' box")
    parser.add_argument("--pixel-mm", type=_length, help="size of a pixel; drawn where left out")
    parser.add_argument("--height-mm", type=_length, help="of the field; that of the lungs where left out")
    return parser.parse_args()


def _whole(least: int) -> Callable[[str], int]:
    """Reads a whole number; what it raises becomes argparse's own message."""

    def whole_number(text: str) -> int:
        number = int(text)
        if number < least:
            raise argparse.ArgumentTypeError(f"is {number}, must be at least {least}")
        return number

    return whole_number


def _length(text: str) -> float:
    """Reads a length in mm."""
    length_mm = float(text)
    if not 0.1 <= length_mm <= 1000:
        raise argparse.ArgumentTypeError(f"is {length_mm:g}, must be 0.1 to 1000")
    return length_mm


if __name__ == "__main__":
    sys.exit(main())

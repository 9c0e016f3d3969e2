"""Options that several commands share, and the values that options take."""

from __future__ import annotations

import argparse
import math
import re
from datetime import UTC, datetime


def engine_options(sub: argparse.ArgumentParser) -> None:
    """The options of every command that has something answered."""
    sub.add_argument("--backend", metavar="NAME", help="run time (default: the best that works here)")
    sub.add_argument(
        "--threads", metavar="N", type=thread_count, help="CPU threads (default: all that this process may use)"
    )


def operator(sub: argparse.ArgumentParser) -> None:
    """The option of every command that a person's right is asked for."""
    sub.add_argument("--operator", metavar="NAME", help="at a site: who asks (default: the name of the system's user)")


def modality(sub: argparse.ArgumentParser) -> None:
    """The option of every command that reads images."""
    sub.add_argument(
        "--modality", metavar="M", type=code_string, help="of volumes and DICOM files that name none, e.g. CT"
    )


def as_json(sub: argparse.ArgumentParser) -> None:
    """The option of every command that tells something."""
    sub.add_argument("--json", action="store_true", help="one JSON object a line on stdout; progress on stderr")


def span(text: str) -> float:
    """A time above 0, in the unit that the option names."""
    value = float(text)
    if not (value > 0.0 and math.isfinite(value)):
        raise argparse.ArgumentTypeError(f"{text} is not a number above 0")
    return value


def share(text: str) -> float:
    """A number from 0 to 1."""
    value = float(text)
    if not 0.0 <= value <= 1.0:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value


def code_string(text: str) -> str:
    """As DICOM writes a modality (PS3.5 6.2)."""
    code = text.strip().upper()
    if not re.fullmatch("[A-Z0-9_ ]{1,16}", code):
        raise argparse.ArgumentTypeError(f"{text} is not a modality such as CT or MR")
    return code


def moment(text: str) -> datetime:
    """A day or a time of day, of this machine's time zone where it names none; in UTC."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise argparse.ArgumentTypeError(f"{text} is no time such as 2026-01-31 or 2026-01-31T06:00") from error


def capability(text: str) -> tuple[int, int]:
    """As NVIDIA writes a compute capability."""
    if not re.fullmatch(r"\d{1,2}\.\d", text):
        raise argparse.ArgumentTypeError(f"{text} is not a compute capability such as 8.9")
    major, minor = text.split(".")
    return int(major), int(minor)


def count(text: str) -> int:
    """A number from 1 on."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 on")
    return value


def thread_count(text: str) -> int:
    """A number of threads."""
    value = int(text)
    if not 1 <= value <= 1024:
        raise argparse.ArgumentTypeError(f"{text} is not a number of threads from 1 to 1024")
    return value


def studies(text: str) -> int:
    """How many studies."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of studies")
    return value

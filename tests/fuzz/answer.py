"""The child of a fuzzing run: answers the paths that it is given, one a line, as `fovea inspect` does.

Files are decoded in decoder processes of its own. It is a process itself, so that what these do not hold off ends it
and not the run. `campaign.py` starts and watches it.
"""

from __future__ import annotations

import faulthandler
import json
import os
import resource
import sys
import traceback
from pathlib import Path
from typing import Any

from engine.intake.describe import describe
from engine.intake.find import find
from engine.intake.isolated.pool import Decoders
from engine.intake.read import Reader, read_study


def answers_to(path: Path, read: Reader = read_study) -> list[dict[str, str]]:
    """One entry a study that is found: its source, and its code and reason where it is refused."""
    described = [describe(found, read=read) for found in find([path])]
    return [{"source": one.source, "code": one.code, "reason": one.reason} for one in described]


def answered(path: Path, read: Reader) -> dict[str, Any]:
    """The answers, or the traceback of what should not have come this far."""
    try:
        return {"answers": answers_to(path, read)}
    except Exception:  # noqa: BLE001 - whatever is raised here is a finding
        return {"traceback": traceback.format_exc()}


def main(memory_bytes: int) -> None:
    """Reads paths from standard input until it ends."""
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    # Answers go to what was standard output; what a library prints there goes to the log.
    with os.fdopen(os.dup(1), "w") as out, Decoders() as decoders:
        os.dup2(2, 1)
        for line in sys.stdin:
            out.write(json.dumps(answered(Path(json.loads(line)), decoders.read_study)) + "\n")
            out.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))

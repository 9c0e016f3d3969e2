"""A receiver in a process of its own, to be measured or killed: `python -m tests.engine.network.receiver HOME PORT`.

It says `ready` once it listens, and ends when its standard input is closed.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.network.receive import Reception, receiving
from engine.places import Home

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def receiver_process(home: Path, port: int) -> Iterator[subprocess.Popen]:
    """The process, listening; it has ended after the block."""
    command = [sys.executable, "-m", "tests.engine.network.receiver", str(home), str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"ready\n"
        yield process
        process.stdin.close()


def main() -> None:
    """Receives."""
    with receiving(Home(Path(sys.argv[1])), Reception(port=int(sys.argv[2]), keep_free_bytes=0)):
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()

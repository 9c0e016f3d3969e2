"""Whether a file is still open for writing, asked of the kernel by a lease."""

from __future__ import annotations

import fcntl
import os
import signal
from pathlib import Path


def is_being_written(path: Path) -> bool | None:
    """Whether some process of this machine has the file open for writing; None where the kernel does not tell.

    A read lease is granted only while nobody has the file open for writing. It is given back at once. Leases are not to
    be had of another owner's file, on a network share, or of a file that cannot be read.

    Source:
        fcntl(2), "Leases"
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NOCTTY)
    except OSError:
        return None
    try:
        # Whoever opens the file meanwhile waits until the lease is gone, and we are sent a signal: one that is ignored
        # by default, since the usual SIGIO would end the process.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return False

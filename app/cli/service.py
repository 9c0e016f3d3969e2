"""What a service manager is told of a command that runs until it is ended: that it is ready, alive, and how it is."""

from __future__ import annotations

import os
import socket
from contextlib import suppress


def tell_service_manager(state: str) -> None:
    """Sends a line such as `READY=1`, `WATCHDOG=1` or `STATUS=...`; nothing happens where no service manager listens.

    Source:
        sd_notify(3), NOTIFY_SOCKET
    """
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as to_manager:
        to_manager.sendto(state.encode("utf-8", "backslashreplace"), address.replace("@", "\0", 1))

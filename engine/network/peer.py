"""A DICOM peer by its name and place, as a person writes it: TITLE@HOST:PORT."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.errors import UsageError

TITLE = "FOVEA"
"""Our own AE title, unless another is given."""

PORT = 11112
"""Registered for DICOM beside port 104, which an ordinary user may not listen at (IANA)."""

_PEER = re.compile(r"(?P<title>[^@]+)@(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<host>[^@:\[\]\s]+)):(?P<port>\d{1,5})")


@dataclass(frozen=True, slots=True)
class Peer:
    """Whom to call.

    Args:
        title: its AE title.
        host: name or address.
        port: from 1 to 65535.
    """

    title: str
    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Peer:
        """Reads `TITLE@HOST:PORT`, an IPv6 address in brackets.

        Raises:
            UsageError: US-PEER.
        """
        match = _PEER.fullmatch(text.strip())
        if match is None or not 1 <= int(match["port"]) <= 65535:
            raise UsageError(
                "US-PEER",
                f"'{text}' names no DICOM peer: wanted is TITLE@HOST:PORT with a port from 1 to 65535.",
                "Write it like ARCHIVE@192.168.1.20:104.",
            )
        return cls(ae_title(match["title"]), match["six"] or match["host"], int(match["port"]))

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.title}@{host}:{self.port}"


def ae_title(text: str) -> str:
    """The text as an AE title: 1 to 16 printable ASCII characters, no backslash, outer spaces without meaning.

    Raises:
        UsageError: US-TITLE.

    Source:
        PS3.5 6.2, value representation AE
    """
    title = text.strip(" ")
    if not re.fullmatch(r"[\x20-\x5b\x5d-\x7e]{1,16}", title):
        raise UsageError(
            "US-TITLE",
            f"'{text}' is no AE title: wanted are 1 to 16 characters of ASCII without a backslash.",
            "Give the title that the peer was configured with.",
        )
    return title

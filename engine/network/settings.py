"""The settings of a receiver, from a TOML file or the command line, each checked with a message that names it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from engine.errors import UsageError
from engine.network.peer import ae_title
from engine.network.receive import Reception
from engine.network.tls import TlsFiles

_MIB = 1 << 20


def read_settings(file: Path) -> dict[str, Any]:
    """What a file sets, by name and unchecked; nothing where it is not there.

    Raises:
        UsageError: US-LISTEN, it cannot be read.
    """
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError("US-LISTEN", f"{file} cannot be read: {error}.", "Mend the file or move it away.") from error


def reception_of(settings: Mapping[str, Any], where: str) -> Reception:
    """Makes a reception of those settings that are a receiver's; the others are left alone.

    Args:
        settings: by the names of `SETTINGS`, as TOML gives them.
        where: they stand, for messages.

    Raises:
        UsageError: US-LISTEN, naming the setting and what it may be; US-CALLERS, US-TITLE.
    """
    values = {name: _checked(name, settings[name], where) for name in SETTINGS if name in settings}
    tls = TlsFiles(**{name: values.pop(f"tls_{name}", None) for name in ("certificate", "key", "authority")})
    for name in ("object", "keep_free"):
        if f"{name}_mib" in values:
            values[f"{name}_bytes"] = values.pop(f"{name}_mib") * _MIB
    return Reception(tls=None if tls == TlsFiles() else tls, **values)


def _checked(name: str, value: Any, where: str) -> Any:
    try:
        return SETTINGS[name](value)
    except ValueError as error:
        raise UsageError("US-LISTEN", f"{where} has {name} = {value!r}.", f"Make it {error}.") from None


def _whole(low: int, high: int) -> Callable[[Any], int]:
    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"a whole number from {low:,} to {high:,}")
        return value

    return check


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("a text in quotes")
    return value


def _titles(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError("a list of AE titles")
    return tuple(map(ae_title, value))


def _path(value: Any) -> Path:
    return Path(_text(value)).expanduser()


SETTINGS: Mapping[str, Callable[[Any], Any]] = {
    "title": lambda value: ae_title(_text(value)),
    "host": _text,
    "port": _whole(0, 65535),
    "callers": _titles,
    "associations": _whole(1, 1000),
    "object_mib": _whole(1, 2048),
    "keep_free_mib": _whole(1, 1 << 30),
    "tls_certificate": _path,
    "tls_key": _path,
    "tls_authority": _path,
}
"""By name: what makes a value of what TOML gives, or says in a ValueError what it should be."""

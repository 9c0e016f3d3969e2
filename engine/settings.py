"""The site's settings: `settings.toml` in the home, read when the program starts."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from engine.errors import UsageError
from engine.places import Home


@dataclass(frozen=True, slots=True)
class Retention:
    """How long what is no record is kept. Records are kept for ever.

    Args:
        pixels_days: received files whose study was answered this long ago are removed; None keeps them.
        thumbnails_days: small pictures and heat maps of that age are removed; None keeps them.
    """

    pixels_days: float | None = None
    thumbnails_days: float | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What a site has set.

    Args:
        retention: see `Retention`.
        digest: SHA-256 of the file; empty where there is none. The log tells by it when settings changed.
    """

    retention: Retention = Retention()
    digest: str = ""


def read_settings(home: Home) -> Settings:
    """The settings of a home; those of a home without the file are what a new one has.

    Raises:
        UsageError: US-SETTINGS where the file cannot be read or says something unknown.
    """
    try:
        content = home.settings.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise _wrong(home, str(error)) from error
    try:
        tables = tomllib.loads(content.decode("utf-8"))
    except ValueError as error:
        raise _wrong(home, str(error)) from error
    return settings_of(home, tables, hashlib.sha256(content).hexdigest())


def settings_of(home: Home, tables: Mapping[str, Any], digest: str = "") -> Settings:
    """The settings that these tables make.

    Raises:
        UsageError: US-SETTINGS, naming what is wrong.
    """
    if unknown := sorted(set(tables) - {"retention"}):
        raise _wrong(home, f"nothing is called '{unknown[0]}'")
    return Settings(_retention(home, tables.get("retention", {})), digest)


def _retention(home: Home, table: Any) -> Retention:
    known = {field.name for field in fields(Retention)}
    if not isinstance(table, dict) or set(table) - known:
        raise _wrong(home, f"[retention] holds {' and '.join(sorted(known))} alone")
    for name, days in table.items():
        if isinstance(days, bool) or not isinstance(days, int | float) or not days > 0:
            raise _wrong(home, f"{name} is {days!r}, and must be a number of days above 0")
    return Retention(**table)


def _wrong(home: Home, why: str) -> UsageError:
    return UsageError("US-SETTINGS", f"The settings in {home.settings} cannot be used: {why}.", "Correct the file.")

"""Column types: what SQLite has no type for, stored so that plain SQL can still read and order it."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from engine.audit.log import utc_text


def stored_time(value: datetime | None) -> str | None:
    """What `UtcTime` stores."""
    return None if value is None else utc_text(value)


def stored_name(value: str | None) -> str | bytes | None:
    """What `NameText` stores."""
    if value is None or value.isascii():
        return value
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(value)
    return value


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC as text of fixed width, `2026-01-31T12:00:00.000000Z`: text order is time order."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return stored_time(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else datetime.fromisoformat(value).astimezone(UTC)


class NameText(TypeDecorator[str]):
    """Text that may hold a file name: names that are not UTF-8 are kept as the bytes they are (BLOB).

    Python reads such a name with surrogate escapes (PEP 383), which SQLite's UTF-8 cannot hold.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | bytes | None:  # noqa: ARG002 - SQLAlchemy's signature
        return stored_name(value)

    def process_result_value(self, value: str | bytes | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return os.fsdecode(value) if isinstance(value, bytes) else value

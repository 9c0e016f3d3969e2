"""Statements for the driver itself, where the cost of SQLAlchemy's own execution would be most of a record's cost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Connection, Float, Table
from sqlalchemy.dialects import sqlite

from engine.store.rows import Row

_DIALECT = sqlite.dialect()


class Insert:
    """Adds rows to a table, with the table's own conversions of values.

    Args:
        table: where to.
        columns: those given; None for all.
        unless: what to do where a row is there already, e.g. `ON CONFLICT (id) DO NOTHING`.
    """

    def __init__(self, table: Table, columns: Sequence[str] | None = None, unless: str = "") -> None:
        names = [column.name for column in table.c] if columns is None else list(columns)
        places = ", ".join("?" for _ in names)
        self._sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({places}) {unless}"  # noqa: S608  # names of our tables
        types = {name: table.c[name].type for name in names}
        converted = (
            (name, kind.dialect_impl(_DIALECT).bind_processor(_DIALECT))
            for name, kind in types.items()
            if not isinstance(kind, Float)  # `rows.real` has made these floats
        )
        self._in_order = itemgetter(*names)
        self._converters: list[tuple[str, Callable[[Any], Any]]] = [(n, convert) for n, convert in converted if convert]

    def one(self, connection: sqlite3.Connection, row: Row) -> sqlite3.Cursor:
        """Adds one row; the cursor says its number, and whether it was added."""
        return connection.execute(self._sql, self._stored(row))

    def many(self, connection: sqlite3.Connection, rows: Sequence[Row], **same: Any) -> None:
        """Adds rows, if there are any; `same` stands in each of them."""
        if rows:
            connection.executemany(self._sql, [self._stored(row | same) for row in rows])

    def _stored(self, row: Row) -> tuple[Any, ...]:
        if self._converters:
            row = row | {name: convert(row[name]) for name, convert in self._converters}
        stored: tuple[Any, ...] = self._in_order(row)
        return stored


def driver_of(connection: Connection) -> sqlite3.Connection:
    """The driver's connection below SQLAlchemy's, in the same transaction."""
    return cast(sqlite3.Connection, connection.connection.driver_connection)

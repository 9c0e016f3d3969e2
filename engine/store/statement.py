"""Statements for the driver itself, where the cost of SQLAlchemy's own execution would be most of a record's cost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import JSON, Connection, Table

from engine.store.columns import NameText, UtcTime, stored_name, stored_time
from engine.store.rows import Row

_CONVERSIONS: dict[type, Callable[[Any], Any]] = {UtcTime: stored_time, NameText: stored_name, JSON: json.dumps}
"""Of the types whose values the driver does not take as they are; as SQLAlchemy converts them, without its detours."""


class Insert:
    """Adds rows to a table, with the table's own conversions of values.

    Args:
        table: where to.
        columns: those given; None for all.
        unless: what to do where a row is there already, e.g. `ON CONFLICT (id) DO NOTHING`.
        parent: the column that `many` is given once for all rows; empty without one.
    """

    def __init__(self, table: Table, columns: Sequence[str] | None = None, unless: str = "", parent: str = "") -> None:
        names = [column.name for column in table.c] if columns is None else list(columns)
        own = [name for name in names if name != parent]
        given = [parent, *own] if parent else own
        places = ", ".join("?" for _ in given)
        self._sql = f"INSERT INTO {table.name} ({', '.join(given)}) VALUES ({places}) {unless}"  # noqa: S608  # names of our tables
        self._in_order = itemgetter(*own)
        converted = ((place, _CONVERSIONS.get(type(table.c[name].type))) for place, name in enumerate(own))
        self._conversions = [(place, convert) for place, convert in converted if convert]

    def one(self, connection: sqlite3.Connection, row: Row) -> sqlite3.Cursor:
        """Adds one row; the cursor says its number, and whether it was added."""
        return connection.execute(self._sql, self._stored(row))

    def many(self, connection: sqlite3.Connection, rows: Sequence[Row], parent: int | None) -> None:
        """Adds the rows of one parent, if there are any."""
        if rows:
            connection.executemany(self._sql, [(parent, *self._stored(row)) for row in rows])

    def _stored(self, row: Row) -> Sequence[Any]:
        values: Sequence[Any] = self._in_order(row)
        if not self._conversions:
            return values
        stored = list(values)
        for place, convert in self._conversions:
            stored[place] = convert(stored[place])
        return stored


def driver_of(connection: Connection) -> sqlite3.Connection:
    """The driver's connection below SQLAlchemy's, in the same transaction."""
    return cast(sqlite3.Connection, connection.connection.driver_connection)

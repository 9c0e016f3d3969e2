"""Tables as files: CSV, JSON Lines and Parquet, written in pieces and put together at the end."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from engine.audit.log import utc_text
from engine.export.request import Form
from engine.export.staging import write_file, writing

Row = Mapping[str, Any]

FORMULA_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20'")
"""A cell of text that begins so is taken for a formula by spreadsheets, in narrow or full-width form; the apostrophe is
here too, so that what is put in front can be taken away again without guessing."""

_ARROW = {
    "text": pa.string(),
    "whole": pa.int64(),
    "real": pa.float64(),
    "truth": pa.bool_(),
    "moment": pa.timestamp("us", tz="UTC"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an exported table; `docs/data.md` describes it."""

    name: str
    kind: Literal["text", "whole", "real", "truth", "moment"] = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """One exported table."""

    name: str
    columns: tuple[Column, ...]

    def file_name(self, form: Form) -> str:
        """What the file of it is called."""
        return f"{self.name}.{form.value}"


def write_piece(path: Path, table: Table, rows: Iterable[Row], form: Form) -> None:
    """Writes some rows of a table to a file of their own.

    Args:
        path: the file; written as a whole or not at all.
        table: its columns.
        rows: a value or None for each column.
        form: how.

    Raises:
        ExportError: EX-OUT, it cannot be written.
    """
    match form:
        case Form.CSV:
            write_file(path, _csv(table, rows))
        case Form.JSONL:
            write_file(path, _json_lines(table, rows))
        case Form.PARQUET:
            stream = io.BytesIO()
            pq.write_table(pa.Table.from_pylist([_clean(table, row) for row in rows], _schema(table)), stream)
            write_file(path, stream.getvalue())


def join_pieces(pieces: Sequence[Path], target: Path, table: Table, form: Form) -> None:
    """Puts the pieces of a table together, in their order; without any the file has its header alone.

    Raises:
        ExportError: EX-OUT, it cannot be written.
    """
    unfinished = target.with_name(f".{target.name}.new")
    with writing(target), _private(unfinished) as whole:
        if form is Form.PARQUET:
            with pq.ParquetWriter(whole, _schema(table)) as writer:
                for piece in pieces:
                    writer.write_table(pq.read_table(piece))
        else:
            whole.write(_csv_head(table) if form is Form.CSV else b"")
            for piece in pieces:
                whole.write(piece.read_bytes())
        whole.flush()
        os.fsync(whole.fileno())
        unfinished.replace(target)


def _private(path: Path) -> BinaryIO:
    """A new file that only its owner reads."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def defused(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: an apostrophe in front of what looks like one."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _csv_head(table: Table) -> bytes:
    return _csv_lines([[column.name for column in table.columns]])


def _csv(table: Table, rows: Iterable[Row]) -> bytes:
    return _csv_lines([[_cell(value) for value in _clean(table, row).values()] for row in rows])


def _csv_lines(lines: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(lines)
    return stream.getvalue().encode("utf-8")


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case str():
            return defused(value)
        case datetime():
            return utc_text(value)
        case _:
            return repr(value)


def _json_lines(table: Table, rows: Iterable[Row]) -> bytes:
    lines = []
    for row in rows:
        clean = _clean(table, row)
        plain = {name: utc_text(value) if isinstance(value, datetime) else value for name, value in clean.items()}
        lines.append(json.dumps(plain, allow_nan=False) + "\n")
    return "".join(lines).encode("ascii")


def _clean(table: Table, row: Row) -> dict[str, Any]:
    """The row in the order of the columns; text that no UTF-8 can hold (file names, PEP 383) with escapes."""
    return {column.name: _text(row[column.name]) for column in table.columns}


def _text(value: Any) -> Any:
    return value.encode("utf-8", "backslashreplace").decode("utf-8") if isinstance(value, str) else value


def _schema(table: Table) -> pa.Schema:
    return pa.schema([(column.name, _ARROW[column.kind]) for column in table.columns])

"""How records become files piece by piece: rows of tables by the page, or one study after another."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from engine.errors import ExportError
from engine.export.findings import Case
from engine.export.journal import Piece, Refused
from engine.export.names import Names
from engine.export.report import Draw
from engine.export.request import Request
from engine.export.staging import UNWRITABLE, Staging, write_file
from engine.export.table_files import Table, join_pieces, write_piece
from engine.export.tables import Rows
from engine.intake.read import Reader
from engine.store.database import Store


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What every shape works with.

    Args:
        store: where the records are.
        request: what is asked, up to a fixed moment.
        names: what things are called outside.
        read: how files become scans.
        draw: how places are drawn.
        stage: where files go.
    """

    store: Store
    request: Request
    names: Names
    read: Reader
    draw: Draw
    stage: Staging


class Shape(Protocol):
    """Turns records into files, piece by piece."""

    def take(self, number: int, after: int) -> Piece | None:
        """Makes the next piece, from the records after an id on; None where there are no more."""

    def finish(self) -> None:
        """Puts together what needs all pieces."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Records as rows of tables.

    Args:
        context: see `Context`.
        tables: what the rows go into.
        page: the records after an id, each with its own.
        rows: what a record says in each table.
    """

    context: Context
    tables: tuple[Table, ...]
    page: Callable[[int], Sequence[tuple[int, Any]]]
    rows: Callable[[Any], Rows]

    def take(self, number: int, after: int) -> Piece | None:
        records = self.page(after)
        if not records:
            return None
        said = [self.rows(record) for _, record in records]
        form = self.context.request.form
        for table in self.tables:
            found = [row for rows in said for row in rows[table.name]]
            write_piece(self._piece(table, number), table, found, form)
        return Piece(records[-1][0], len(records))

    def finish(self) -> None:
        stage, form = self.context.stage, self.context.request.form
        for table in self.tables:
            pieces = [self._piece(table, number) for number in range(1, len(stage.done) + 1)]
            join_pieces(pieces, stage.content / table.file_name(form), table, form)

    def _piece(self, table: Table, number: int) -> Path:
        return self.context.stage.pieces / table.name / f"{number:06d}"


@dataclass(frozen=True, slots=True)
class Cases:
    """Studies one by one, each into files of its own; a study that cannot leave is refused by itself.

    Args:
        context: see `Context`.
        after: the next case after an id, with its own; None where there are no more.
        write: writes the files of a case, and returns what the end needs of it, as JSON.
        whole: puts together what was returned, and the facts of all cases.
        facts: what the end needs of a case even where it could not leave, as JSON.
    """

    context: Context
    after: Callable[[int], tuple[int, Case] | None]
    write: Callable[[Case], Any]
    whole: Callable[[list[Any], list[Any]], None]
    facts: Callable[[Case], Any] = field(default=lambda _: None)

    def take(self, number: int, after: int) -> Piece | None:
        found = self.after(after)
        if found is None:
            return None
        recorded_id, case = found
        names, told = self.context.names, None
        refused: tuple[Refused, ...] = ()
        try:
            told = self.write(case)
        except ExportError as error:
            if error.code == UNWRITABLE:
                raise  # no study's fault: the export stops, and goes on once there is room
            refused = (Refused(names.of("case", case.name), error.code, str(error)),)
        write_file(self._piece(number), json.dumps({"told": told, "facts": self.facts(case)}).encode("ascii"))
        return Piece(recorded_id, 1, refused)

    def finish(self) -> None:
        done = self.context.stage.done
        pieces = [json.loads(self._piece(number).read_bytes()) for number in range(1, len(done) + 1)]
        told = [piece["told"] for piece, noted in zip(pieces, done, strict=True) if not noted.refused]
        self.whole(told, [piece["facts"] for piece in pieces])

    def _piece(self, number: int) -> Path:
        return self.context.stage.pieces / f"{number:06d}.json"

"""What an export costs: processor time for each record of a table, and for each study of the other kinds.

`python -m tests.bench.exports`
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from app.paint.marked import marked
from engine.export.export import export
from engine.export.request import Form, Kind, Request
from engine.intake.read import read_study
from engine.operators.session import single_operator
from engine.places import Home
from engine.store.database import Store, open_store
from engine.store.outcomes import record
from tests.engine.export.studies import ct_series, kept
from tests.engine.store.answers import answered, arrival, nodule, volume

_OUTCOMES = 2000
_REGIONS = 3
_STUDIES = 8
_OBJECTS = (Kind.SR, Kind.SEG, Kind.GSPS, Kind.COCO, Kind.REPORT)


def main() -> None:
    """Prints one line a kind."""
    with tempfile.TemporaryDirectory() as folder:
        _tables(Path(folder) / "tables")
        _objects(Path(folder) / "objects")


def _tables(folder: Path) -> None:
    with open_store(Home(folder / "home").make()) as store:
        for _ in range(_OUTCOMES):
            came = arrival()
            record(store, came, volume(), answered(came, [nodule() for _ in range(_REGIONS)]))
        for form in Form:
            spent_ms = _spent_ms(store, Request(Kind.OUTCOMES, folder / form.value, form=form))
            print(f"outcomes, {form.value}: {spent_ms / _OUTCOMES:.3f} ms an outcome with {_REGIONS} regions")


def _objects(folder: Path) -> None:
    with open_store(Home(folder / "home").make()) as store:
        for number in range(_STUDIES):
            kept(store, ct_series(folder / "in" / str(number)))
        for deidentify in (False, True):
            for kind in _OBJECTS:
                out = folder / f"{kind.value}-{deidentify}"
                spent_ms = _spent_ms(store, Request(kind, out, deidentify=deidentify))
                without = ", without names" if deidentify else ""
                print(f"{kind.value}{without}: {spent_ms / _STUDIES:.1f} ms a series of 6 slices with 4 places")


def _spent_ms(store: Store, request: Request) -> float:
    """Processor time of the second of two exports, which other programs on the machine do not lengthen much."""
    spent_ms = 0.0
    for out in (request.out / "first", request.out / "second"):
        began_s = time.process_time()
        export(
            store,
            single_operator(),
            replace(request, out=out),
            read=read_study,
            draw=marked,
            on_progress=lambda *_: None,
        )
        spent_ms = (time.process_time() - began_s) * 1000.0
    return spent_ms


if __name__ == "__main__":
    main()

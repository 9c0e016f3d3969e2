"""What becomes of records in each kind of export: a table of shapes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydicom import Dataset

from engine.audit.log import AuditEntry, utc_text
from engine.audit.seal import seal_line
from engine.errors import ExportError
from engine.export import coco, shift
from engine.export.dicom_seg import segmentation
from engine.export.dicom_sr import structured_report
from engine.export.findings import Case
from engine.export.gsps import presentation_state
from engine.export.originals import person_of
from engine.export.pictures import dicom_bytes
from engine.export.pieces import Cases, Context, Shape, Tables
from engine.export.report import study_page
from engine.export.request import Kind, Request
from engine.export.sources import Source, source_of
from engine.export.staging import write_file
from engine.export.tables import OF_AUDIT, OF_OUTCOMES, OF_REVIEWS, Rows, audit_rows, outcome_rows, review_rows
from engine.store import logbook
from engine.store.database import Store
from engine.store.outcomes import Recorded, matching
from engine.store.reviews import KeptReview, current
from engine.store.reviews import page as review_page

PAGE = 2000
"""Records in one piece of a table."""


def shape_of(context: Context) -> Shape:
    """The shape of the request's kind."""
    return _SHAPES[context.request.kind](context)


def _answered(context: Context) -> Callable[[int], tuple[int, Case] | None]:
    """The outcomes that are wanted, one after another, each with its review."""

    def after(last: int) -> tuple[int, Case] | None:
        found = matching(context.store, context.request.wanted, 1, last)
        return (found[0].id, _case(context.store, found[0])) if found else None

    return after


def _reviewed(context: Context) -> Callable[[int], tuple[int, Case] | None]:
    """The outcomes that were reviewed, one after another."""

    def after(last: int) -> tuple[int, Case] | None:
        found = review_page(context.store, context.request.wanted, 1, last)
        return (found[0].id, _case(context.store, found[0].of)) if found else None

    return after


def _case(store: Store, recorded: Recorded) -> Case:
    kept = current(store, recorded.arrival.id, recorded.outcome.attempt)
    return Case(recorded, kept.review if kept and kept.review.signed else None)


def _outcomes(context: Context) -> Shape:
    def page(after: int) -> list[tuple[int, Recorded]]:
        return [(each.id, each) for each in matching(context.store, context.request.wanted, PAGE, after)]

    def rows(recorded: Recorded) -> Rows:
        return outcome_rows(recorded, context.names, _person(context, recorded))

    return Tables(context, OF_OUTCOMES, page, rows)


def _reviews(context: Context) -> Shape:
    def page(after: int) -> list[tuple[int, KeptReview]]:
        kept = review_page(context.store, context.request.wanted, PAGE, after, every_version=True)
        return [(each.id, each) for each in kept]

    def rows(kept: KeptReview) -> Rows:
        return review_rows(kept, context.names, _person(context, kept.of))

    return Tables(context, OF_REVIEWS, page, rows)


def _audit(context: Context) -> Shape:
    wanted = context.request.wanted

    def page(after: int) -> list[tuple[int, AuditEntry]]:
        entries = logbook.page(context.store, PAGE, after, wanted.since, wanted.until)
        return [(entry.seq, entry) for entry in entries]

    return Tables(context, OF_AUDIT, page, audit_rows)


def _person(context: Context, recorded: Recorded) -> str:
    """Whose dates move together; only a de-identified export needs to open a file for that."""
    return person_of(recorded) if context.names.deidentified else ""


def _coco(context: Context) -> Shape:
    def write(case: Case) -> Any:
        return coco.write_case(case, context.stage.content, context.names, context.request, context.read)

    def whole(told: list[Any], _: list[Any]) -> None:
        coco.write_whole(told, context.stage.content, utc_text(context.stage.started_at))

    return Cases(context, _reviewed(context), write, whole)


def _objects(make: Callable[[Source, Request], Dataset]) -> Callable[[Context], Shape]:
    """A DICOM object a study, and beside it the images that exist nowhere else."""

    def shape(context: Context) -> Shape:
        stage, request = context.stage, context.request

        def write(case: Case) -> None:
            source = source_of(case, context.names, request, context.read, stage.id, stage.started_at)
            made = dicom_bytes(_made(make, source, request))
            images = [dicom_bytes(image) for image in source.made]  # all of it can be written before any of it is
            for number, image in enumerate(images, start=1):
                write_file(stage.content / "images" / source.name / f"{number:05d}.dcm", image)
            write_file(stage.content / f"{source.name}.dcm", made)

        return Cases(context, _answered(context), write, _nothing_more)

    return shape


def _made(make: Callable[[Source, Request], Dataset], source: Source, request: Request) -> Dataset:
    """The object; what the files of the world lack or contradict is found by the library that makes it."""
    try:
        return make(source, request)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise ExportError(
            "EX-SOURCE",
            f"{source.case.recorded.arrival.source} cannot be referred to: {error}.",
            "Export the study again from the archive or scanner.",
        ) from error


def _nothing_more(_told: list[Any], _facts: list[Any]) -> None:
    """Every case has its own files."""


def _report(context: Context) -> Shape:
    kept = logbook.seals(context.store)
    seal = seal_line(kept[-1]) if kept else {}

    def write(case: Case) -> None:
        page = study_page(case, context.names, context.request, context.read, context.draw, seal)
        write_file(context.stage.content / f"{context.names.of('case', case.name)}.pdf", page)

    def whole(_: list[Any], facts: list[Any]) -> None:
        wanted = context.request.wanted
        page = shift.shift_page(facts, wanted.since, wanted.until or context.stage.started_at)
        write_file(context.stage.content / "shift.pdf", page)

    return Cases(context, _answered(context), write, whole, shift.facts_of)


_SHAPES: dict[Kind, Callable[[Context], Shape]] = {
    Kind.OUTCOMES: _outcomes,
    Kind.REVIEWS: _reviews,
    Kind.AUDIT: _audit,
    Kind.COCO: _coco,
    Kind.SR: _objects(lambda source, _: structured_report(source)),
    Kind.SEG: _objects(lambda source, request: segmentation(source, binary=request.binary)),
    Kind.GSPS: _objects(lambda source, _: presentation_state(source)),
    Kind.REPORT: _report,
}

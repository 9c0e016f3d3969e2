"""What stands in the corners of a picture: patient, exam, technique, and what must be known of the pixels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.state.cut import Cut
from app.state.oblique import Oblique
from app.state.words import later
from app.text import tr
from engine.domain.exam import Exam
from engine.domain.scan import Scan

OF_SPACING = (
    later("The spacing is that at the detector; the patient was magnified."),
    later("The spacing is the nominal one of the film scanner."),
)
"""Notes of intake on where the spacing holds; whoever measures must know them."""


@dataclass(frozen=True, slots=True)
class Captions:
    """Lines of the corners, the most important first.

    Args:
        patient: at the top left.
        exam: at the top right.
        technique: at the bottom left.
        warnings: said aloud: the pixels lost information, the spacing is not that in the patient.
        side: `L`, `R` or `B` where the file says which of a pair was examined; else empty.
    """

    patient: tuple[str, ...] = ()
    exam: tuple[str, ...] = ()
    technique: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    side: str = ""


NO_CAPTIONS = Captions()


def captions_of(scan: Scan) -> Captions:
    """The captions of a scan; empty where its file says nothing."""
    warnings = [tr("Lossy compression")] if scan.provenance.lossy else []
    warnings += [tr(note) for note in scan.provenance.repairs if note in OF_SPACING]
    exam = scan.exam
    if exam is None:
        return Captions(warnings=tuple(warnings))
    return Captions(
        _patient(exam),
        _exam(exam, scan.modality),
        _technique(exam),
        tuple(warnings),
        exam.laterality if exam.laterality in ("L", "R", "B") else "",
    )


def side_named(side: str) -> str:
    """Which of a pair, in a word."""
    return {"L": tr("Left"), "R": tr("Right"), "B": tr("Both sides")}.get(side, "")


def cut_named(cut: Cut) -> str:
    """Which cut is seen: its name, number and place, and how thick it is."""
    kind = cut.kind if isinstance(cut, Oblique) else cut.name
    named = {
        "axial": tr("Axial"),
        "coronal": tr("Coronal"),
        "sagittal": tr("Sagittal"),
        "frame": tr("Frame"),
    }.get(kind, tr("Slice"))
    oblique = f" {tr('oblique')}" if isinstance(cut, Oblique) else ""
    words = f"{named}{oblique} {cut.index + 1}/{cut.count}"
    place = None if isinstance(cut, Oblique) else cut.grid.position_mm(cut.axis, cut.index)
    if place is not None:
        # Rounded before it is written: a place just below 0 would read -0.0.
        words += f"  {place[0]} {round(place[1], 1) + 0.0:.1f} mm"
    return f"{words}  {slab_named(cut)}" if cut.slab.slices > 1 else words


def slab_named(cut: Cut) -> str:
    """How thick a slab is, and what is seen of it."""
    mode = tr("maximum") if cut.slab.mode == "max" else tr("mean")
    if cut.step_mm is None:
        return tr("%1 of %2 slices").replace("%1", mode).replace("%2", str(cut.slab.slices))
    return tr("%1 of %2 mm").replace("%1", mode).replace("%2", f"{cut.slab.slices * cut.step_mm:.3g}")


def _patient(exam: Exam) -> tuple[str, ...]:
    patient = exam.patient
    named = patient.name.replace("^", " ").strip()
    facts = " ".join(part for part in (patient.sex, _age(patient.age), _day(patient.birth_date)) if part)
    return tuple(line for line in (named, patient.id, facts) if line)


def _exam(exam: Exam, modality: str) -> tuple[str, ...]:
    at = exam.study_time.strftime("%H:%M") if exam.study_time is not None else ""
    when = " ".join(part for part in (_day(exam.study_date), at) if part)
    number = "" if exam.series_number is None else f"{tr('Series')} {exam.series_number}"
    series = " ".join(part for part in (number, exam.series_description) if part)
    body = " ".join(part for part in (modality, exam.body_part.capitalize(), exam.view) if part)
    return tuple(line for line in (when, exam.study_description, series, body) if line)


def _technique(exam: Exam) -> tuple[str, ...]:
    numbers = (
        (exam.tube_kv, "{:g} kV"),
        (exam.thickness_mm, tr("slices of {:g} mm")),
        (exam.field_tesla, "{:g} T"),
        (exam.repetition_time_ms, "TR {:g} ms"),
        (exam.echo_time_ms, "TE {:g} ms"),
    )
    facts = [form.format(number) for number, form in numbers if number is not None]
    named = [part for part in (exam.kernel, exam.contrast) if part]
    return tuple(line for line in (exam.protocol, "  ".join([*facts, *named])) if line)


def _age(written: str) -> str:
    """`064Y` as people say it; anything else as it is written."""
    number, unit = written[:-1].lstrip("0"), written[-1:]
    return f"{number or 0} {unit.lower()}" if number.isdigit() and unit in "YMWD" else written


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()

"""Patients go through every export: without names nothing tells them, with names the same search finds them."""

import zipfile
from datetime import UTC, datetime, timedelta

import numpy as np
import pydicom
import pytest

from app.paint.marked import marked
from engine.export.export import export
from engine.export.names import pseudonyms_of
from engine.export.request import Form, Kind, Request
from engine.intake.read import read_study
from engine.operators.session import single_operator
from tests.engine.export.studies import ct_series, kept, photograph, radiograph
from tests.engine.export.unpacked import places_of
from tests.engine.intake.slices import AXIAL

FAMILIES = (
    "Abernathy",
    "Bartholomew",
    "Chowdhury",
    "Dubrovnik",
    "Eisenhauer",
    "Fitzwilliam",
    "Grzybowski",
    "Hawthorne",
)
GIVEN = ("Quentin", "Rosalind", "Sebastian", "Thomasina", "Ulysses", "Valentina", "Wilhelmina", "Xenophon", "Yolanda")


def day_of(number):
    """When the patient was scanned: years before the tests' other days, so that moved ones cannot fall there."""
    return datetime(1995, 3, 1, tzinfo=UTC) + timedelta(days=11 * number)


def patient(number):
    """What files say of the patient of this number."""
    day = day_of(number)
    family, given = f"{FAMILIES[number % 8]}{number:03d}", f"{GIVEN[number % 9]}{number:03d}"
    return {
        "PatientName": f"{family}^{given}",
        "PatientID": f"MRN{700000 + number}",
        "PatientBirthDate": f"{1930 + number % 60}{day:%m%d}",
        "AccessionNumber": f"ACCN{800000 + number}",
        "StudyDate": f"{day:%Y%m%d}",
        "SeriesDate": f"{day:%Y%m%d}",
        "StudyInstanceUID": f"1.2.826.0.1.77777.{number}",
        "SeriesInstanceUID": f"1.2.826.0.1.77777.{number}.2",
        "FrameOfReferenceUID": f"1.2.826.0.1.77777.{number}.3",
        "ReferringPhysicianName": f"{family}^Referrer",
        "StudyDescription": f"Scan of {given} {family}",
        "SeriesDescription": f"{given} again",
        "ImageComments": f"MRN{700000 + number}",
        "PatientComments": family,
        "OperatorsName": given,
    }


def needles(number):
    told = patient(number)
    days = [told[name] for name in ("PatientBirthDate", "StudyDate")]
    dashed = [f"{day[:4]}-{day[4:6]}-{day[6:]}" for day in days]
    numbers = [told[name] for name in ("PatientID", "AccessionNumber", "StudyInstanceUID")]
    return [*told["PatientName"].split("^"), *numbers, *days, *dashed]


def with_private(path, number):
    """Adds a private element that names the patient to each file."""
    for file in sorted(path.rglob("*.dcm")) if path.is_dir() else [path]:
        dataset = pydicom.dcmread(file)
        dataset.private_block(0x0011, "MAKER OF SCANS", create=True).add_new(1, "LO", patient(number)["PatientName"])
        dataset.save_as(file)
    return path


def answer(store, folder, number):
    """A study of the patient, in one of the forms that studies come in, in files that are named after them."""
    told = patient(number)
    name = told["PatientName"].replace("^", "_")
    match number % 4:
        case 0:
            path = with_private(ct_series(folder / name, slices=3, cosines=AXIAL, **told), number)
        case 1:
            uid = {"SOPInstanceUID": f"{told['StudyInstanceUID']}.9", "FrameOfReferenceUID": None}
            path = with_private(radiograph(folder / f"{name}.dcm", **(told | uid)), number)
        case 2:
            path = photograph(folder / f"{name}.png", f"{told['PatientName']} {told['PatientID']}", seed=number)
        case _:
            inner = photograph(folder / f"{name}.png", told["PatientName"], seed=number)
            path = folder / f"{name}.zip"
            with zipfile.ZipFile(path, "w") as archive:
                archive.write(inner, inner.name)
            inner.unlink()
    kept(store, path)


EXPORTS = [(kind, Form.CSV) for kind in Kind]
EXPORTS += [(kind, form) for kind in (Kind.OUTCOMES, Kind.REVIEWS) for form in (Form.JSONL, Form.PARQUET)]


@pytest.fixture
def all_exports(store, tmp_path):
    def made(count, *, deidentify):
        for number in range(count):
            answer(store, tmp_path / "in" / f"{number}", number)
        for kind, form in EXPORTS:
            out = tmp_path / ("without" if deidentify else "with") / f"{kind.value}-{form.value}"
            request = Request(
                kind, out, form=form, deidentify=deidentify, burned_in_confirmed=True, wrap_photographs=True
            )
            done = export(store, single_operator(), request, read=read_study, draw=marked, on_progress=lambda *_: None)
            codes = {each.code for each in done.refused}
            assert codes <= {"EX-NOT-REVIEWED"}
            assert kind is Kind.AUDIT or done.records == count
        return tmp_path / ("without" if deidentify else "with")

    return made


def told_in(folder, count, home):
    """What is told of the patients, and where. One's day may be the moved day of another, which tells nothing."""
    names = pseudonyms_of(home)
    moved = {day_of(number) + names.shift(patient(number)["PatientID"]) for number in range(count)}
    innocent = {f"{day:{form}}" for day in moved for form in ("%Y%m%d", "%Y-%m-%d")}
    searched = {needle for number in range(count) for needle in needles(number)} - innocent
    assert len(searched) > 8 * count
    return places_of(searched, folder)


def test_without_names_no_container_of_any_export_tells_a_patient(all_exports, home):
    assert told_in(all_exports(4, deidentify=True), 4, home) == set()


@pytest.mark.deep
@pytest.mark.timeout(900)  # a hundred patients through a dozen exports
def test_without_names_no_container_tells_one_of_a_hundred_patients(all_exports, home):
    assert told_in(all_exports(100, deidentify=True), 100, home) == set()


def test_with_names_the_same_search_finds_one_in_each_kind_of_place(all_exports, home):
    found = {place for _, place in told_in(all_exports(4, deidentify=False), 4, home)}
    wanted = {"bytes", "pdf text", "parquet", "picture text", "exif", "dicom", "dicom private"}
    assert wanted <= found


def test_the_search_looks_into_archives_pictures_and_pages(tmp_path):
    photograph(tmp_path / "in.png", "Wilhelmina")
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "in.png", "in.png")
    (tmp_path / "in.png").unlink()
    np.savez_compressed(tmp_path / "Wilhelmina.npz", np.zeros(3))
    assert {"zip", "file name"} <= {place for _, place in places_of(["wilhelmina"], tmp_path)}

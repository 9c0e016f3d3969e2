import csv
import json
import stat
from datetime import timedelta

import pyarrow.parquet as pq
import pytest
from pydicom import dcmread

from app.paint.marked import marked
from engine.audit.actions import Act
from engine.domain.operator import Operator, Role
from engine.errors import ExportError, UsageError
from engine.export.export import export, outcome_lines
from engine.export.request import Form, Kind, Request
from engine.export.staging import sha256_of
from engine.intake.read import read_study
from engine.operators.session import Session, single_operator
from engine.store import logbook
from engine.store.outcomes import record
from engine.store.wanted import Wanted
from tests.engine.export.studies import ct_series, kept, photograph
from tests.engine.store.answers import arrival, refused


@pytest.fixture
def run(store, tmp_path):
    def made(kind, session=None, on_progress=lambda *_: None, **options):
        request = Request(Kind(kind), options.pop("out", tmp_path / kind), **options)
        acting = session or single_operator()
        return export(store, acting, request, read=read_study, draw=marked, on_progress=on_progress)

    return made


@pytest.fixture
def three(store, tmp_path):
    """A reviewed series, a photograph without a review, and a file that was refused."""
    cases = [
        kept(store, ct_series(tmp_path / "in" / "ct")),
        kept(store, photograph(tmp_path / "in" / "part.png"), signed=False),
    ]
    unread = arrival("/in/=1+1.png")
    record(store, unread, None, refused(unread))
    return cases


def table(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_tables_of_outcomes_leave_nothing_out(run, three):
    made = run("outcomes")
    rows = {
        name: table(made.out / f"{name}.csv") for name in ("outcomes", "regions", "region_instances", "region_measures")
    }
    assert [row["status"] for row in rows["outcomes"]] == ["answered", "answered", "refused"]
    assert rows["outcomes"][0]["arrival_id"] == three[0].recorded.arrival.id
    assert rows["outcomes"][2]["source"] == "/in/=1+1.png"
    regions = [region for case in three for region in case.recorded.outcome.regions]
    for row, case in zip(rows["outcomes"], three, strict=False):
        unsure = sum(region.band == "unsure" for region in case.recorded.outcome.regions)
        assert (int(row["regions"]), int(row["unsure_regions"])) == (len(case.recorded.outcome.regions), unsure)
    assert [float(row["score"]) for row in rows["regions"]] == [region.score for region in regions]
    assert len(rows["region_instances"]) == sum(len(region.instances) for region in regions)
    assert [row["name"] for row in rows["region_measures"]] == ["longest diameter", "volume"]
    assert (made.records, made.refused) == (3, ())


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("kind", [Kind.OUTCOMES, Kind.REVIEWS, Kind.AUDIT])
def test_each_table_leaves_in_each_form(run, three, kind, form):
    made = run(kind.value, form=form)
    path = made.out / f"{kind.value}.{form.value}"
    count = {Kind.OUTCOMES: 3, Kind.REVIEWS: 1, Kind.AUDIT: 5}[kind]
    match form:
        case Form.CSV:
            assert len(table(path)) >= count
        case Form.JSONL:
            assert len([json.loads(line) for line in path.read_text().splitlines()]) >= count
        case Form.PARQUET:
            assert pq.read_table(path).num_rows >= count


def test_reviews_leave_with_every_decision(run, three):
    out = run("reviews").out
    (review,) = table(out / "reviews.csv")
    assert (review["verdict"], review["comment"], review["version"]) == ("agree", "seen twice", "1")
    decisions = [
        (row["verdict"], row["region"], row["reason"], row["label"]) for row in table(out / "review_regions.csv")
    ]
    assert decisions == [
        ("confirmed", "0", "", ""),
        ("rejected", "1", "a vessel", ""),
        ("changed", "2", "", "nodule"),
        ("added", "", "", "scar"),
    ]
    assert {row["position"] for row in table(out / "review_instances.csv")} == {"2", "3"}


def test_what_cannot_leave_is_told_by_code_and_costs_the_others_nothing(run, three):
    made = run("sr")
    assert [each.code for each in made.refused] == ["EX-NO-INSTANCE", "EX-NOT-SEEN"]
    (path,) = made.out.glob("*.dcm")
    assert dcmread(path).Modality == "SR"
    manifest = json.loads((made.out / "export.json").read_text())
    assert [each["code"] for each in manifest["refused"]] == ["EX-NO-INSTANCE", "EX-NOT-SEEN"]
    assert (manifest["records"], manifest["deidentified"]) == (3, False)


def test_manifest_names_every_file_with_its_hash(run, three):
    made = run("report")
    listed = {file["name"]: file["sha256"] for file in json.loads((made.out / "export.json").read_text())["files"]}
    there = {path.name for path in made.out.iterdir()} - {"export.json"}
    assert set(listed) == there
    assert len(there) == 5  # a page a study, the shift, the seals
    assert all(sha256_of(made.out / name) == digest for name, digest in listed.items())


def test_each_export_is_noted_in_the_audit_log_without_its_folder(run, three, store):
    made = run("coco")
    entry = logbook.page(store, 100)[-1]
    detail = json.loads(entry.detail)
    assert (entry.action, entry.subject, entry.actor) == (Act.EXPORT_MADE, made.id, single_operator().name)
    assert (detail["kind"], detail["records"], detail["manifest"]) == ("coco", 1, sha256_of(made.out / "export.json"))
    assert str(made.out) not in entry.detail


def test_every_seal_of_the_log_goes_with_an_export(run, three, store):
    lines = (run("audit").out / "seals.jsonl").read_text().splitlines()
    assert [json.loads(line)["number"] for line in lines] == [seal.number for seal in logbook.seals(store)]


class StoppedError(Exception):
    """A person pressed Ctrl+C."""


@pytest.mark.parametrize("kind", ["sr", "coco", "report"])
def test_a_stopped_export_goes_on_without_doing_anything_twice(run, store, tmp_path, kind):
    for number in range(3):
        kept(store, ct_series(tmp_path / "in" / f"ct{number}", StudyInstanceUID=f"1.2.840.99999.{number}"))

    def stop(records, _total, _refused):
        if records == 2:
            raise StoppedError

    whole = run(kind, out=tmp_path / "whole")
    with pytest.raises(StoppedError):
        run(kind, on_progress=stop)
    assert not (tmp_path / kind).exists()
    seen = []
    made = run(kind, on_progress=lambda records, *_: seen.append(records))
    assert seen == [3]
    assert (made.records, made.refused) == (3, ())
    assert {file["name"] for file in made.files} == {file["name"] for file in whole.files}


def test_a_full_disk_stops_an_export_which_goes_on_later(run, store, tmp_path):
    def stop(*_):
        raise StoppedError

    cases = [kept(store, ct_series(tmp_path / "in" / f"{number}")) for number in range(2)]
    with pytest.raises(StoppedError):
        run("sr", on_progress=stop)
    # What stands in the way of a file is the nearest that a test comes to a disk without room.
    in_the_way = tmp_path / ".sr.part" / "content" / f"{cases[1].name}.dcm" / "x"
    in_the_way.mkdir(parents=True)
    with pytest.raises(ExportError) as refusal:
        run("sr")
    assert refusal.value.code == "EX-OUT"
    in_the_way.rmdir()
    in_the_way.parent.rmdir()
    assert (run("sr").records, run("audit").refused) == (2, ())


def test_records_that_come_while_an_export_is_stopped_are_not_mixed_in(run, store, tmp_path):
    def stop(*_):
        raise StoppedError

    kept(store, ct_series(tmp_path / "in" / "ct"))
    with pytest.raises(StoppedError):
        run("outcomes", on_progress=stop)
    kept(store, photograph(tmp_path / "in" / "part.png"))
    assert run("outcomes").records == 1


def test_choice_by_time_study_and_model(run, three, tmp_path):
    case = three[0].recorded
    day = timedelta(days=1)
    wanted = {
        "since": Wanted(since=case.recorded_at + day),
        "until": Wanted(until=case.recorded_at - day),
        "study": Wanted(study=case.study.content_hash[:12]),
        "model": Wanted(model="lung-nodule"),
    }
    counts = {name: run("outcomes", wanted=each, out=tmp_path / name).records for name, each in wanted.items()}
    assert counts == {"since": 0, "until": 0, "study": 1, "model": 2}


def test_progress_knows_how_many_there_are(run, three):
    told = []
    run("sr", on_progress=lambda records, total, refused: told.append((records, total, refused and refused.code)))
    assert told == [(1, 3, None), (2, 3, "EX-NO-INSTANCE"), (2, 3, None), (3, 3, "EX-NOT-SEEN"), (3, 3, None)]


@pytest.mark.parametrize(
    ("role", "deidentify", "may"),
    [(Role.VIEWER, True, False), (Role.READER, True, True), (Role.READER, False, False), (Role.LEAD, False, True)],
)
def test_the_engine_asks_for_the_right_to_export(run, three, role, deidentify, may):
    session = Session(Operator("somebody", role))
    if may:
        assert run("audit", session, deidentify=deidentify).records > 0
    else:
        with pytest.raises(UsageError) as refusal:
            run("audit", session, deidentify=deidentify)
        assert refusal.value.code == "US-ROLE"


def test_an_export_is_readable_by_its_owner_only(run, three):
    out = run("coco").out
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (out, *out.rglob("*")) if path.is_file()}
    assert modes == {0o600}
    assert stat.S_IMODE(out.stat().st_mode) == 0o700


def test_outcomes_as_lines_are_those_of_a_run_and_are_noted(three, store):
    lines = list(outcome_lines(store, single_operator(), Wanted()))
    assert [line["status"] for line in lines] == ["answered", "answered", "refused"]
    assert lines[0]["regions"][0]["box_vox"] == pytest.approx([1.2, 5.3, 6.1, 3.9, 11.7, 14.2])
    assert logbook.page(store, 100)[-1].action == Act.EXPORT_MADE


def test_an_export_over_another_is_refused(run, three):
    run("audit")
    with pytest.raises(ExportError) as refusal:
        run("audit")
    assert refusal.value.code == "EX-OUT-TAKEN"

"""A study from its file to its outcome, its signed review and its exports, judged by programs that are not ours."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from pycocotools.coco import COCO

from engine.domain.review import Mark, RegionReview, RegionVerdict, Review, Verdict
from engine.operators.session import single_operator
from engine.places import RESOURCES, Home
from engine.store.database import open_store
from engine.store.outcomes import newest
from engine.store.reviews import sign

pytestmark = pytest.mark.deep

SAMPLES = RESOURCES / "samples"
PHOTOGRAPH = SAMPLES / "305000-090-200907.jpg"
SERIES = SAMPLES / "ct-phantom"

ACCEPTED = {
    # PS3.16 8.2 lets every maker have coding schemes whose designators begin with 99.
    r"Unrecognized defined term <99FOVEA> for value 1 of attribute <Coding Scheme Designator>",
    # PS3.3 C.7.3.1: type 2C; whether the body part is one of a pair is not known here, which an empty value says.
    r"is only permitted to be empty when actually unknown; .* attribute <Laterality>",
    # PS3.3 F: of directories on media, which nobody makes here; the images themselves lack these.
    r"Missing attribute or value that would be needed to build DICOMDIR - (Study Time|Study ID|Patient ID)",
}


def fovea(home: Path, *arguments: object) -> list[dict]:
    done = subprocess.run(
        [sys.executable, "-m", "app.cli.main", *map(str, arguments)],
        env=os.environ | {"FOVEA_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def needs(program: str, package: str) -> str:
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin")
    if found is None:
        pytest.skip(f"needs {program} (Debian: {package})")
    return found


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory) -> Path:
    """A home in which a photograph and a series were answered, and every region was decided."""
    home = tmp_path_factory.mktemp("home")
    lines = fovea(home, "run", PHOTOGRAPH, SERIES, "--json")
    assert [line["flagged"] for line in lines] == [True, True]
    with open_store(Home(home)) as store:
        for recorded in newest(store, 10):
            sign(store, single_operator(), decided(recorded))
    return home


def decided(recorded) -> Review:
    """The first region is rejected, the last one moved, the others confirmed, and the first one's place added again."""
    regions = recorded.outcome.regions
    marks = [Mark(r.label, r.box_px, r.box_vox, r.center_mm, r.instances) for r in regions]
    decisions = [RegionReview(RegionVerdict.CONFIRMED, index) for index in range(len(regions))]
    decisions[-1] = RegionReview(RegionVerdict.CHANGED, len(regions) - 1, mark=marks[-1])
    decisions[0] = RegionReview(RegionVerdict.REJECTED, 0, reason="a scratch")
    decisions.append(RegionReview(RegionVerdict.ADDED, mark=marks[0]))
    return Review(recorded.arrival.id, 1, "", tuple(decisions), Verdict.AGREE)


@pytest.fixture(scope="module")
def objects(reviewed, tmp_path_factory) -> dict[str, list[Path]]:
    """DICOM files of each kind, as they are and without names, and with them what they refer to."""
    out = tmp_path_factory.mktemp("objects")
    made = {}
    for options in ((), ("--deidentify", "--confirm-burned-in")):
        suffix = "-without-names" if options else ""
        for kind, more in (
            ("sr", ()),
            ("seg", ()),
            ("seg", ("--binary",)),
            ("gsps", ()),
        ):
            name = f"{kind}{''.join(more[:1]) if kind == 'seg' else ''}{suffix}"
            fovea(reviewed, "export", kind, "--wrap-photographs", "--out", out / name, *more, *options)
            made[name] = sorted((out / name).glob("*.dcm"))
            made.setdefault("images", []).extend((out / name).rglob("images/**/*.dcm"))
    return made


def test_dciodvfy_finds_nothing_but_what_is_accepted(objects):
    dciodvfy = needs("dciodvfy", "dicom3tools")
    told = set()
    kinds = [name for name in objects if name != "images"]
    for path in [path for name in kinds for path in objects[name]]:
        said = subprocess.run([dciodvfy, path], capture_output=True, text=True, check=False).stderr
        told |= {line for line in said.splitlines() if line.startswith(("Error", "Warning"))}
    assert [line for line in told if not any(re.search(pattern, line) for pattern in ACCEPTED)] == []


def test_wrapped_photographs_are_sound_images(objects):
    dciodvfy = needs("dciodvfy", "dicom3tools")
    wrapped = [path for path in objects["images"] if b"1.2.840.10008.5.1.4.1.1.77.1.4" in path.read_bytes()[:4096]]
    assert wrapped
    for path in wrapped:
        said = subprocess.run([dciodvfy, path], capture_output=True, text=True, check=False).stderr
        errors = [line for line in said.splitlines() if line.startswith("Error")]
        assert "VLPhotographicImage" in said
        assert [line for line in errors if not any(re.search(pattern, line) for pattern in ACCEPTED)] == []


def test_dsrdump_reads_every_report(objects):
    dsrdump = needs("dsrdump", "dcmtk")
    for path in [*objects["sr"], *objects["sr-without-names"]]:
        done = subprocess.run([dsrdump, path], capture_output=True, text=True, check=False)
        # DCMTK checks no words in UTF-8, and says so; it reads them all the same.
        unchecked = "W: The VR checker does not support this Specific Character Set: ISO_IR 192"
        assert (done.returncode, set(done.stderr.splitlines()) - {unchecked}) == (0, set())
        assert "Verification Flag   : VERIFIED" in done.stdout
        assert done.stdout.count('"Measurement Group"') >= 2


def ask(address: str, data: bytes | None = None) -> bytes:
    """What the local server answers."""
    request = urllib.request.Request(address, data, {"Content-Type": "application/dicom"})  # noqa: S310 - http
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - http
        content: bytes = answer.read()
        return content


@pytest.fixture
def orthanc(tmp_path):
    """A running server, by its address."""
    program = needs("Orthanc", "orthanc")
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        ports = one.getsockname()[1], two.getsockname()[1]
    settings = {
        "HttpPort": ports[0],
        "DicomPort": ports[1],
        "StorageDirectory": str(tmp_path / "orthanc"),
        "IndexDirectory": str(tmp_path / "orthanc"),
        "RemoteAccessAllowed": False,
        "AuthenticationEnabled": False,
    }
    (tmp_path / "orthanc.json").write_text(json.dumps(settings))
    with (tmp_path / "orthanc.log").open("wb") as log:
        server = subprocess.Popen([program, tmp_path / "orthanc.json"], stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{ports[0]}"
        for _ in range(100):
            try:
                ask(f"{address}/system")
                break
            except (urllib.error.URLError, ConnectionError):
                assert server.poll() is None, (tmp_path / "orthanc.log").read_text()
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def test_orthanc_stores_every_object_and_gives_it_back(objects, orthanc):
    for path in {path.read_bytes(): path for paths in objects.values() for path in paths}.values():
        data = path.read_bytes()
        stored = json.loads(ask(f"{orthanc}/instances", data))
        assert stored["Status"] in ("Success", "AlreadyStored")
        assert ask(f"{orthanc}/instances/{stored['ID']}/file") == data


# pycocotools' compiled masks still answer numpy's old question for an array.
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_pycocotools_loads_the_reviewed_studies(reviewed, tmp_path):
    fovea(reviewed, "export", "coco", "--out", tmp_path / "coco")
    whole = COCO(str(tmp_path / "coco" / "annotations.json"))
    assert len(whole.getImgIds()) == 2
    assert {each["verdict"] for each in whole.dataset["annotations"]} >= {"changed", "added"}
    assert {each["verdict"] for each in whole.dataset["rejected"]} == {"rejected"}
    assert all((tmp_path / "coco" / image["file_name"]).exists() for image in whole.dataset["images"])


def test_poppler_reads_every_page_and_its_picture(reviewed, tmp_path):
    pdftotext, pdfimages = needs("pdftotext", "poppler-utils"), needs("pdfimages", "poppler-utils")
    fovea(reviewed, "export", "report", "--out", tmp_path / "report")
    pages = sorted((tmp_path / "report").glob("*.pdf"))
    assert len(pages) == 3
    for page in pages:
        done = subprocess.run([pdftotext, "-layout", page, "-"], capture_output=True, text=True, check=True)
        assert done.stderr == ""
        if page.name == "shift.pdf":
            assert "flag rate" in done.stdout
            continue
        assert "rejected" in done.stdout
        assert "a scratch" in done.stdout
        assert "agree, by" in done.stdout
        listed = subprocess.run([pdfimages, "-list", page], capture_output=True, text=True, check=True)
        assert "jpeg" in listed.stdout


def test_the_audit_export_verifies_against_the_log(reviewed, tmp_path):
    fovea(reviewed, "export", "audit", "--form", "jsonl", "--out", tmp_path / "audit")
    entries = [json.loads(line) for line in (tmp_path / "audit" / "audit.jsonl").read_text().splitlines()]
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    actions = [entry["action"] for entry in entries]
    assert set(actions) >= {"program.started", "arrival.queued", "outcome.recorded", "review.signed"}
    fovea(reviewed, "audit", "verify", "--seal", tmp_path / "audit" / "seals.jsonl")

"""An open store in a fresh home, and what DICOM objects are made of."""

import pytest

from engine.export.names import Names
from engine.export.request import Kind, Request
from engine.export.sources import source_of
from engine.intake.read import read_study
from engine.store.database import open_store
from tests.engine.export.studies import ARRIVED, case_of


@pytest.fixture
def store(home):
    with open_store(home) as opened:
        yield opened


@pytest.fixture
def source(tmp_path):
    """Of what lies at a path, as `source_of` finds it."""

    def found(path, names=None, *, reviewed=True, **options):
        case, _ = case_of(path, reviewed=reviewed)
        request = Request(Kind.SR, tmp_path / "out", **options)
        return source_of(case, names or Names(), request, read_study, "an export", ARRIVED)

    return found

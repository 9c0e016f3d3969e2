from pathlib import Path

from app.cli.asking import Answer
from app.cli.session import print_answers
from engine.intake.find import Found
from tests.engine.store.answers import answered, arrival, nodule, refused


def test_the_table_counts_unsure_regions_as_such(capsys):
    came = arrival("/in/ct")
    sure, unsure = nodule(0.9, band="sure"), nodule(0.4)
    print_answers(
        [
            Answer(Found("/in/ct", Path("/in/ct")), None, answered(came, [sure, unsure, unsure])),
            Answer(Found("/in/sure", Path("/in/sure")), None, answered(came, [sure])),
            Answer(Found("/in/none", Path("/in/none")), None, refused(came)),
        ]
    )
    rows = capsys.readouterr().out.splitlines()
    assert "3 (2 unsure)" in rows[3]
    assert "unsure" not in rows[4]

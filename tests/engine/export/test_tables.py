import re
from dataclasses import replace

import pytest

from engine.domain.opinion import Opinion
from engine.domain.region import Region
from engine.export.names import Names
from engine.export.tables import OF_AUDIT, OF_OUTCOMES, OF_REVIEWS, outcome_rows, review_rows
from engine.store.reviews import current
from tests.engine.export.studies import ct_series, kept

TABLES = (*OF_OUTCOMES, *OF_REVIEWS, *OF_AUDIT)
NAMES = Names(b"k" * 32)


def seconded(recorded):
    """The same with a second opinion that disagrees in one place of its own."""
    region = Region("differs", 0.75, "sure", box_vox=(0.0, 1.0, 2.0, 3.0, 4.0, 5.0))
    opinion = Opinion("template", "/golden/DOE.png", "ab" * 32, "", "", 1.0, 7.5, (region,), (), (0,))
    return replace(recorded, outcome=replace(recorded.outcome, opinion=opinion))


@pytest.fixture(scope="module")
def described(root):
    page = (root / "docs" / "data.md").read_text().split("\n# Exported tables\n")[1]
    sections = re.split(r"^## `(\w+)`$", page, flags=re.MULTILINE)[1:]
    return {
        table: re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
        for table, text in zip(sections[::2], sections[1::2], strict=True)
    }


def test_every_exported_table_and_column_is_described_in_order_and_no_other(described):
    assert described == {table.name: [column.name for column in table.columns] for table in TABLES}


def test_each_row_has_a_value_for_each_column_and_no_other(store, tmp_path):
    case = kept(store, ct_series(tmp_path / "ct"))
    rows = outcome_rows(seconded(case.recorded), Names(), "") | review_rows(
        current(store, case.recorded.arrival.id), Names(), ""
    )
    for table in (*OF_OUTCOMES, *OF_REVIEWS):
        columns = {column.name for column in table.columns}
        assert rows[table.name]
        assert [set(row) for row in rows[table.name]] == [columns] * len(rows[table.name])


def test_without_names_ids_words_and_uids_are_replaced_and_times_moved(store, tmp_path):
    case = kept(store, ct_series(tmp_path / "DOE"))
    rows = outcome_rows(seconded(case.recorded), NAMES, "PID-7781")
    (outcome,) = rows["outcomes"]
    assert outcome["arrival_id"] == NAMES.of("arrival", case.recorded.arrival.id)
    assert outcome["study"] == NAMES.of("study", case.recorded.study.content_hash)
    assert "DOE" not in str(rows)
    assert outcome["arrived_at"] - case.recorded.arrival.arrived_at == NAMES.shift("PID-7781")
    assert {row["sop_uid"][:5] for row in rows["region_instances"]} == {"2.25."}
    (opinion,) = rows["opinions"]
    assert opinion["name"] == NAMES.of("source", "/golden/DOE.png")
    (review,) = review_rows(current(store, case.recorded.arrival.id), NAMES, "PID-7781")["reviews"]
    assert (review["comment"], review["operator"][:9]) == ("", "operator-")

import csv
import io
import json
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest

from engine.export.request import Form
from engine.export.table_files import FORMULA_STARTS, Column, Table, defused, join_pieces, write_piece

TABLE = Table(
    "things",
    (Column("name"), Column("count", "whole"), Column("share", "real"), Column("yes", "truth"), Column("at", "moment")),
)
AT = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
ROWS = [
    {"name": "plain", "count": -3, "share": 0.1 + 0.2, "yes": True, "at": AT},
    {"name": '=HYPERLINK("x")', "count": None, "share": -1e-300, "yes": False, "at": None},
    {"name": 'naïve, "quoted"\nsecond line', "count": 2**62, "share": None, "yes": None, "at": AT},
    {"name": "not UTF-8: \udce9", "count": 0, "share": 0.0, "yes": None, "at": None},
]
CLEAN = [row["name"].encode("utf-8", "backslashreplace").decode() for row in ROWS]


@pytest.fixture
def written(tmp_path):
    def write(form, pieces=(ROWS[:1], ROWS[1:3], ROWS[3:])):
        paths = [tmp_path / f"{number}" for number in range(len(pieces))]
        for path, rows in zip(paths, pieces, strict=True):
            write_piece(path, TABLE, rows, form)
        join_pieces(paths, tmp_path / TABLE.file_name(form), TABLE, form)
        return tmp_path / TABLE.file_name(form)

    return write


def test_csv_reads_back_with_every_value(written):
    rows = list(csv.DictReader(io.StringIO(written(Form.CSV).read_text("utf-8"), newline="")))
    assert [row["name"].removeprefix("'") for row in rows] == CLEAN
    assert [row["count"] for row in rows] == ["-3", "", str(2**62), "0"]
    assert [float(row["share"]) if row["share"] else None for row in rows] == [row["share"] for row in ROWS]
    assert [row["yes"] for row in rows] == ["1", "0", "", ""]
    assert rows[0]["at"] == "2026-01-02T03:04:05.000006Z"


def test_json_lines_read_back_with_every_value(written):
    rows = [json.loads(line) for line in written(Form.JSONL).read_text("ascii").splitlines()]
    assert [row["name"] for row in rows] == CLEAN
    assert [row["share"] for row in rows] == [row["share"] for row in ROWS]
    assert [list(row) for row in rows] == [["name", "count", "share", "yes", "at"]] * 4


def test_parquet_reads_back_with_every_value_in_its_type(written):
    table = pq.read_table(written(Form.PARQUET))
    assert [str(field.type) for field in table.schema] == ["string", "int64", "double", "bool", "timestamp[us, tz=UTC]"]
    assert table.to_pylist() == [row | {"name": name} for row, name in zip(ROWS, CLEAN, strict=True)]


@pytest.mark.parametrize("form", Form)
def test_a_table_without_rows_still_has_its_columns(written, form):
    path = written(form, pieces=())
    if form is Form.PARQUET:
        assert pq.read_table(path).column_names == [column.name for column in TABLE.columns]
    else:
        assert path.read_text() == ("name,count,share,yes,at\n" if form is Form.CSV else "")


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_cell_of_text_begins_like_a_formula(start):
    assert defused(f"{start}1+1") == f"'{start}1+1"


def test_numbers_keep_their_sign_in_a_csv(written):
    lines = written(Form.CSV, pieces=(ROWS[:1],)).read_text().splitlines()
    assert lines[1].startswith("plain,-3,0.30000000000000004,1,")

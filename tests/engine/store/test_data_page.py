import re

import pytest

from engine.store.tables import metadata


@pytest.fixture(scope="module")
def described(root):
    page = (root / "docs" / "data.md").read_text().split("\n# Exported tables\n")[0]
    sections = re.split(r"^## `(\w+)`$", page, flags=re.MULTILINE)[1:]
    return {
        table: re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
        for table, text in zip(sections[::2], sections[1::2], strict=True)
    }


def test_every_table_and_column_is_described_in_order_and_no_other(described):
    stored = {table.name: [column.name for column in table.c] for table in metadata.tables.values()}
    assert described.pop("alembic_version") == ["version_num"]
    assert described == stored

import re
import tomllib

from tests.engine.registry.models import MANIFEST


def test_every_field_of_a_manifest_is_described_and_every_described_one_is_read(root):
    page = (root / "docs" / "models.md").read_text()
    described = {
        (table, field)
        for table, first, others in re.findall(r"^\| `\[([\w.]+)\] ?(\w*)`((?:, `\w+`)*) \|", page, re.MULTILINE)
        for field in (first, *re.findall(r"`(\w+)`", others))
    }
    tables = tomllib.loads(MANIFEST)
    tables["efforts.full"] = tables.pop("efforts")["full"]
    optional = {("input", "spacing_mm"), ("input", "range"), ("domain", "spacing_mm"), ("domain", "gap_mm")}
    optional |= {("domain", "brightness")}
    optional |= {("efforts.full", "flips"), ("efforts.full", "coarser"), ("efforts.full", "figures")}
    optional |= {("efforts.full", "again_flips"), ("efforts.full", "again_from")}
    used = {(table, field) for table, fields in tables.items() for field in fields if table != "acceptance"}
    optional |= {("parity", "prepare"), ("parity", "figure")}
    assert described == used | optional | {("acceptance", "")}

import re

from engine.audit.actions import Act


def test_every_action_stands_in_the_page_and_the_other_way_round(root):
    page = (root / "docs" / "audit.md").read_text()
    table = page.split("## What is recorded")[1].split("## How it is kept")[0]
    named = [
        name for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE) for name in re.findall(r"`([^`]+)`", row)
    ]
    assert sorted(named) == sorted(act.value for act in Act)

"""`docs/manifest.schema.json`: the manifest's reader as JSON Schema, for editors and for those who write manifests.

`python -m engine.registry.manifest_schema FILE` writes it; a test keeps the file in `docs/` equal to the reader.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from engine.registry.manifest import TABLES


def manifest_schema() -> str:
    """The schema's text."""
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "manifest.toml of a Fovea model package",
        "$comment": "Made from engine/registry/manifest.py, which also checks what two fields must agree on.",
        **TABLES.schema(),
    }
    return json.dumps(schema, indent=1) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(manifest_schema(), encoding="utf-8")

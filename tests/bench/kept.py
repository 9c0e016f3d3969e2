"""What a long benchmark has found so far, so that a stopped call goes on where it was."""

import json


class Kept:
    """What was found of each study, a JSON object a line; in memory alone without a file."""

    def __init__(self, path):
        self._path = path
        lines = path.read_text().splitlines() if path and path.exists() else []
        self._found = {tuple(one["key"]): one for one in map(json.loads, lines)}

    def of(self, key, find):
        """The finding with a key, found where it is not there."""
        if (known := self._found.get(key)) is None:
            known = self._found[key] = {"key": key} | find()
            if self._path:
                with self._path.open("a") as file:
                    file.write(json.dumps(known) + "\n")
        return known

    def all(self):
        """Everything that was found so far, in the order in which it was."""
        return list(self._found.values())

import json
import math

from engine.export.finite import finite


def test_what_is_no_number_is_null_at_any_depth() -> None:
    told = finite({"a": [1, math.nan, (math.inf, "x")], "b": {"c": -math.inf, "d": 0.5}})
    assert told == {"a": [1, None, [None, "x"]], "b": {"c": None, "d": 0.5}}
    assert json.dumps(told, allow_nan=False)

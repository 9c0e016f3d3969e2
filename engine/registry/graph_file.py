"""What a `model.onnx` consists of, read from its bytes alone: operators by domain, and weights that lie elsewhere.

The base installation has no ONNX library, and no run time may open a file before it is known that it names no other.
Only the few fields that matter are walked; the run times judge the rest.

Source:
    onnx/onnx.proto (field numbers); protobuf encoding (varints, wire types)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.errors import ModelError

STANDARD = ("", "ai.onnx")
"""Domains of ONNX itself."""

_DEPTH_MAX = 32
_VARINT, _EIGHT_BYTES, _SIZED, _FOUR_BYTES = 0, 1, 2, 5

# Fields that hold a message, by the message they stand in.
_INSIDE = {
    "model": {7: "graph", 25: "function"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "function": {7: "node"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
}
_TENSOR_NAME, _TENSOR_EXTERNAL, _TENSOR_LOCATION = 8, 13, 14
_NODE_OPERATOR, _NODE_DOMAIN = 4, 7


@dataclass(frozen=True, slots=True)
class GraphFile:
    """What was found.

    Args:
        operators: `Operator`, or `domain.Operator` of another domain than ONNX's own; sorted.
        elsewhere: names of the weights whose values lie in another file.
    """

    operators: tuple[str, ...]
    elsewhere: tuple[str, ...]

    @property
    def foreign(self) -> tuple[str, ...]:
        """Operators that are not ONNX's own."""
        return tuple(operator for operator in self.operators if "." in operator)


def read_graph_file(content: bytes) -> GraphFile:
    """Walks a graph, those inside its nodes and its functions included.

    Raises:
        ModelError: MD-GRAPH, the bytes are no ONNX graph.
    """
    operators: set[str] = set()
    elsewhere: list[str] = []
    try:
        for kind, fields in _messages(memoryview(content), "model", 0):
            if kind == "node":
                domain, operator = (_text(fields.get(number)) for number in (_NODE_DOMAIN, _NODE_OPERATOR))
                operators.add(operator if domain in STANDARD else f"{domain}.{operator}")
            elif kind == "tensor" and (fields.get(_TENSOR_LOCATION) == 1 or _TENSOR_EXTERNAL in fields):
                elsewhere.append(_text(fields.get(_TENSOR_NAME)))
    except (ValueError, IndexError) as error:
        raise _not_a_graph(str(error)) from error
    if not operators:
        raise _not_a_graph("it has no operator")
    return GraphFile(tuple(sorted(operators)), tuple(elsewhere))


_Value = int | memoryview
_Message = tuple[str, dict[int, _Value]]


def _messages(data: memoryview, kind: str, depth: int) -> Iterator[_Message]:
    """A message and those inside it that matter; of a repeated plain field the last value is given."""
    if depth > _DEPTH_MAX:
        raise ValueError(f"it is nested more than {_DEPTH_MAX} deep")
    plain: dict[int, _Value] = {}
    for number, value in _fields(data):
        inner = _INSIDE.get(kind, {}).get(number)
        if inner is not None and isinstance(value, memoryview):
            yield from _messages(value, inner, depth + 1)
        else:
            plain[number] = value
    yield kind, plain


def _fields(data: memoryview) -> Iterator[tuple[int, _Value]]:
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, wire = key >> 3, key & 7
        if wire == _VARINT:
            value, at = _varint(data, at)
            yield number, value
            continue
        if wire == _SIZED:
            size, at = _varint(data, at)
        elif wire in (_EIGHT_BYTES, _FOUR_BYTES):
            size = 8 if wire == _EIGHT_BYTES else 4
        else:
            raise ValueError(f"it has a field of wire type {wire}")
        if at + size > len(data):
            raise ValueError("it is cut short")
        yield number, data[at : at + size]
        at += size


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    """A number in groups of seven bits, the lowest first, and where the next field begins."""
    value = 0
    for shift in range(0, 70, 7):
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise ValueError("it holds a number of more than 64 bits")


def _text(value: _Value | None) -> str:
    return bytes(value).decode("utf-8", errors="replace") if isinstance(value, memoryview) else ""


def _not_a_graph(why: str) -> ModelError:
    return ModelError(
        "MD-GRAPH", f"model.onnx cannot be read as an ONNX graph: {why}.", "Export the graph again and pack the model."
    )

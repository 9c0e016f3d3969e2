"""The ONNX operators that exported detectors consist of, each written with torch as the ONNX standard defines it.

A node whose operator or attribute is not here is refused when the graph is loaded: a reference must not guess.

Source:
    ONNX Operators.md, opset 17.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

Attributes = Mapping[str, Any]
Inputs = Sequence[Any]
"""Tensors; None where an optional one is left out."""
Operator = Callable[[Inputs, Attributes], Tensor]
"""Takes a node's inputs and its attributes."""

_CONVOLUTIONS = {3: functional.conv1d, 4: functional.conv2d, 5: functional.conv3d}


def why_not(kind: str, constants: Inputs, attributes: Attributes) -> str | None:
    """None where a node can be computed as the standard says, otherwise what is not known.

    Args:
        kind: the operator.
        constants: its inputs as far as they are weights; None for those that are computed or left out.
        attributes: its attributes.
    """
    if kind not in OPERATORS:
        return f"operator {kind}"
    known = _KNOWN_ATTRIBUTES.get(kind, {})
    for name, value in attributes.items():
        if name not in known or (known[name] and value not in known[name]):
            return f"operator {kind} with {name} = {value!r}"
    if kind == "Resize" and set(attributes) != set(known):  # the modes that are meant where none is named are others
        return "operator Resize without its modes"
    if kind == "Resize" and not _is_whole(constants):
        return "operator Resize but by whole constant factors"
    return None


def _is_whole(constants: Inputs) -> bool:
    scales = constants[2] if len(constants) == 3 else None
    return scales is not None and all(scale >= 1 and scale == int(scale) for scale in scales.tolist())


def _convolution(inputs: Inputs, attributes: Attributes) -> Tensor:
    x, weight, *rest = inputs
    dims = x.dim() - 2
    pads = attributes.get("pads", [0] * 2 * dims)
    # ONNX gives all low pads and then all high ones; torch wants pairs, those of the last axis first.
    pairs = [pad for axis in reversed(range(dims)) for pad in (pads[axis], pads[axis + dims])]
    bias = rest[0] if rest else None
    convolved: Tensor = _CONVOLUTIONS[x.dim()](
        functional.pad(x, pairs) if any(pairs) else x,
        weight,
        bias,
        stride=tuple(attributes.get("strides", [1] * dims)),
        dilation=tuple(attributes.get("dilations", [1] * dims)),
        groups=attributes.get("group", 1),
    )
    return convolved


def _resize(inputs: Inputs, _attributes: Attributes) -> Tensor:
    """Each value repeated: nearest, asymmetric, floor, by whole factors."""
    x, scales = inputs[0], inputs[2]
    for axis, scale in enumerate(scales.tolist()):
        if scale > 1:
            x = x.repeat_interleave(int(scale), dim=axis)
    return x


def _clip(inputs: Inputs, _attributes: Attributes) -> Tensor:
    x, low, high = (*inputs, None, None)[:3]
    clipped: Tensor = x if low is None and high is None else torch.clamp(x, low, high)
    return clipped


def _of_all(function: Callable[..., Any]) -> Operator:
    """An operator that is one function of its inputs."""

    def operator(inputs: Inputs, _attributes: Attributes) -> Tensor:
        result: Tensor = function(*inputs)
        return result

    return operator


OPERATORS: dict[str, Operator] = {
    "Add": _of_all(torch.add),
    "Clip": _clip,
    "Conv": _convolution,
    "Div": _of_all(torch.div),
    "Exp": _of_all(torch.exp),
    "Mul": _of_all(torch.mul),
    "Relu": _of_all(torch.relu),
    "Resize": _resize,
    "Sigmoid": _of_all(torch.sigmoid),
    "Sub": _of_all(torch.sub),
}

_KNOWN_ATTRIBUTES: dict[str, dict[str, tuple[Any, ...]]] = {
    "Conv": {"auto_pad": ("NOTSET",), "dilations": (), "group": (), "kernel_shape": (), "pads": (), "strides": ()},
    "Resize": {
        "mode": ("nearest",),
        "coordinate_transformation_mode": ("asymmetric",),
        "nearest_mode": ("floor",),
    },
}
"""Attributes by operator and the values that are computed; no values stand for any."""

"""The detector's network, in 2-D or 3-D: a small residual pyramid that answers heat and boxes on one fine grid."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

CONVOLUTION: dict[int, type[nn.Conv2d] | type[nn.Conv3d]] = {2: nn.Conv2d, 3: nn.Conv3d}
NORMALISATION: dict[int, type[nn.BatchNorm2d] | type[nn.BatchNorm3d]] = {2: nn.BatchNorm2d, 3: nn.BatchNorm3d}

STRIDES = (2, 4)  # what a recipe may ask for: input pixels a cell of the answer covers, along each axis
HEAT_PRIOR_LOGIT = -4.6  # a cell starts at a probability of 0.01, so that the empty background does not swamp the start
DISTANCE_PRIOR_LOG_PX = math.log(4) + 0.7  # a face starts 8 px from the cell's centre
LOG_DISTANCE_LIMIT = 6.0  # exp(6) = 403 cells: no tile is larger, and exp cannot overflow


@dataclass(frozen=True, slots=True)
class NetworkShape:
    """What decides the size of a network; written in the recipe.

    Args:
        dims: 2 for pictures, 3 for volumes.
        channels: input channels.
        classes: number of labels.
        widths: channels at strides 2, 4, 8, ...; the first is the stem.
        blocks: residual blocks at the answer's stride, then at each coarser one.
        neck: channels of the pyramid's way back up and of the heads.
        stride: of the answer's grid, one of `STRIDES`.
    """

    dims: int
    channels: int
    classes: int
    widths: tuple[int, ...]
    blocks: tuple[int, ...]
    neck: int
    stride: int = 4

    @property
    def levels(self) -> int:
        """Strides from the answer's to the coarsest one."""
        return len(self.widths) - STRIDES.index(self.stride)

    @property
    def divisor(self) -> int:
        """Input sizes must be multiples of this."""
        return int(2 ** len(self.widths))


class ConvNormRelu(nn.Module):
    """Convolution, batch normalisation (folded into the convolution at export), ReLU."""

    def __init__(
        self, dims: int, inputs: int, outputs: int, *, kernel: int = 3, stride: int = 1, relu: bool = True
    ) -> None:
        super().__init__()
        self.conv = CONVOLUTION[dims](inputs, outputs, kernel, stride=stride, padding=kernel // 2, bias=False)
        self.norm = NORMALISATION[dims](outputs)
        self.relu = relu

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.norm(self.conv(x))
        return functional.relu(y, inplace=True) if self.relu else y


class Residual(nn.Module):
    """Two convolutions beside the identity."""

    def __init__(self, dims: int, width: int) -> None:
        super().__init__()
        self.first = ConvNormRelu(dims, width, width)
        self.second = ConvNormRelu(dims, width, width, relu=False)

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(x + self.second(self.first(x)))


class Pyramid(nn.Module):
    """Features at the answer's stride that have seen the context of every coarser stride.

    Down: stem at stride 2, then a halving convolution and residual blocks a level.
    Up: each level from the answer's on is narrowed to `neck` channels, the coarser one is doubled by repetition and
    added, then mixed.
    """

    def __init__(self, shape: NetworkShape) -> None:
        super().__init__()
        dims, widths = shape.dims, shape.widths
        blocks = (0,) * (len(widths) - shape.levels) + shape.blocks
        self.stem = ConvNormRelu(dims, shape.channels, widths[0], stride=2)
        self.fine = nn.Sequential(*(Residual(dims, widths[0]) for _ in range(blocks[0])))
        self.down = nn.ModuleList(
            nn.Sequential(ConvNormRelu(dims, before, width, stride=2), *(Residual(dims, width) for _ in range(number)))
            for before, width, number in zip(widths[:-1], widths[1:], blocks[1:], strict=True)
        )
        answered = widths[-shape.levels :]
        self.narrow = nn.ModuleList(ConvNormRelu(dims, width, shape.neck, kernel=1, relu=False) for width in answered)
        self.mix = nn.ModuleList(ConvNormRelu(dims, shape.neck, shape.neck) for _ in answered[1:])

    def forward(self, x: Tensor) -> Tensor:
        x = self.fine(self.stem(x))
        levels = [x]
        for down in self.down:
            x = down(x)
            levels.append(x)
        levels = levels[-len(self.narrow) :]
        up: Tensor = self.narrow[-1](levels[-1])
        for level, narrow, mix in reversed(list(zip(levels[:-1], self.narrow[:-1], self.mix, strict=True))):
            up = mix(narrow(level) + functional.interpolate(up, scale_factor=2.0, mode="nearest"))
        return up


class Detector(nn.Module):
    """The whole network. `forward` gives what is exported; `raw` what training needs.

    The mask head only exists to teach the features where a finding ends; export drops it.
    """

    def __init__(self, shape: NetworkShape) -> None:
        super().__init__()
        self.shape = shape
        convolution = CONVOLUTION[shape.dims]
        self.pyramid = Pyramid(shape)
        self.heat_tower = ConvNormRelu(shape.dims, shape.neck, shape.neck)
        self.heat = convolution(shape.neck, shape.classes, 1)
        self.box_tower = ConvNormRelu(shape.dims, shape.neck, shape.neck)
        self.box = convolution(shape.neck, 2 * shape.dims, 1)
        self.mask = convolution(shape.neck, shape.classes, 1)
        distance = DISTANCE_PRIOR_LOG_PX - math.log(shape.stride)
        for head, bias in ((self.heat, HEAT_PRIOR_LOGIT), (self.box, distance), (self.mask, HEAT_PRIOR_LOGIT)):
            nn.init.normal_(head.weight, std=0.01)
            nn.init.constant_(_bias(head), bias)

    def raw(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Heat logits, box distances in input pixels and mask logits.

        Args:
            image: (N, channels, *size) float32, normalised; every size a multiple of `shape.divisor`.
        """
        features = self.pyramid(image)
        heat, box = self.heat_tower(features), self.box_tower(features)
        with torch.autocast(features.device.type, enabled=False):  # the last step in float32: bfloat16 has 8 bits
            heat, box = heat.float(), box.float()
            logits = _pointwise(self.heat, heat)
            distances = torch.exp(torch.clamp(_pointwise(self.box, box), max=LOG_DISTANCE_LIMIT)) * self.shape.stride
            mask = _pointwise(self.mask, box)
        return logits, distances, mask

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        """Heat (N, classes, *grid), probabilities, and distances (N, 2 * dims, *grid) in input pixels."""
        logits, distances, _ = self.raw(image)
        return torch.sigmoid(logits), distances


def _pointwise(convolution: nn.Module, x: Tensor) -> Tensor:
    """A convolution of kernel 1; that of a volume as one of its planes, for which torch's code on the CPU is faster.

    A step of the recipe `ct-nodule-phantom` takes a fifth less time.
    """
    if not isinstance(convolution, nn.Conv3d):
        y: Tensor = convolution(x)
        return y
    planes = x.transpose(1, 2).flatten(0, 1)
    y = functional.conv2d(planes, convolution.weight.squeeze(2), convolution.bias)
    return y.unflatten(0, (x.shape[0], x.shape[2])).transpose(1, 2)


def _bias(convolution: nn.Conv2d | nn.Conv3d) -> Tensor:
    if convolution.bias is None:
        raise ValueError("a head's last convolution has a bias")
    return convolution.bias

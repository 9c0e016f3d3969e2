"""Small cases that the tests of figures share."""

import numpy as np

from engine.evaluate.match import ImageCase


def case(
    truth: list[list[float]], answer: list[list[float]], *, group: str = "a", crowd: list[bool] | None = None
) -> ImageCase:
    """A case from boxes (x0, y0, x1, y1) and answers (x0, y0, x1, y1, score)."""
    found = np.array(answer, float).reshape(-1, 5)
    return ImageCase(
        name="image",
        group=group,
        truth=np.array(truth, float).reshape(-1, 4),
        crowd=np.array(crowd if crowd is not None else [False] * len(truth), bool),
        boxes=found[:, :4],
        scores=found[:, 4],
    )


def random_cases(seed: int, images: int = 40) -> list[ImageCase]:
    """Images with up to six findings, some found well, some badly, some twice, and marks on nothing."""
    draw = np.random.default_rng(seed)
    cases = []
    for index in range(images):
        low = draw.uniform(0, 80, (int(draw.integers(0, 7)), 2))
        truth = np.concatenate([low, low + draw.uniform(15, 40, low.shape)], axis=1)
        near = np.repeat(truth, draw.integers(0, 3, len(truth)), axis=0)
        near = near + draw.uniform(-6, 6, near.shape)
        stray = draw.uniform(0, 80, (int(draw.integers(0, 4)), 2))
        boxes = np.concatenate([near, np.concatenate([stray, stray + 10], axis=1)])
        scores = np.round(draw.random(len(boxes)), 2)  # rounded, so that some tie
        crowd = draw.random(len(truth)) < 0.1
        cases.append(ImageCase(f"{index}.png", f"group {index % 4}", truth, crowd, boxes, scores))
    return cases

import numpy as np
from numpy.random import default_rng

from engine.learn.phantom.growth import grow


def test_a_tree_feeds_every_point_once_and_its_branches_hang_together() -> None:
    draw = default_rng(1)
    points = draw.uniform(0, 100, (300, 3))
    segments, feeds = grow(np.array([50.0, 50.0, -20.0]), points, (0.45, 0.3), draw)
    assert (feeds == 1).sum() == 300
    assert feeds[0] == 300
    ends = {tuple(end) for end in segments[:, 3:].round(6)}
    assert all(tuple(start) in ends for start in segments[1:, :3].round(6))


def test_every_end_lies_near_a_point() -> None:
    draw = default_rng(2)
    points = draw.uniform(0, 100, (200, 3))
    segments, feeds = grow(np.zeros(3), points, (0.45, 0.3), draw)
    leaves = segments[feeds == 1][:, 3:]
    nearest = np.linalg.norm(leaves[:, None] - points[None], axis=2).min(axis=1)
    assert np.percentile(nearest, 90) < 8


def test_one_point_is_reached_by_one_branch() -> None:
    segments, feeds = grow(np.zeros(3), np.array([[10.0, 0.0, 0.0]]), (0.4, 0.3), default_rng(3))
    assert len(segments) == 1
    assert feeds.tolist() == [1]

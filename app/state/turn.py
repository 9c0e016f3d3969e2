"""How a picture is turned on the screen: quarter turns and mirroring. Plain values."""

from __future__ import annotations

from dataclasses import dataclass

Sides = tuple[str, str, str, str]
"""What lies at the left, top, right and bottom edge."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Mirrored first, then turned: every way in which a picture can lie on the screen has one such value.

    Args:
        quarters: quarter turns clockwise, 0 to 3.
        mirrored: left and right exchanged before turning.
    """

    quarters: int = 0
    mirrored: bool = False

    @property
    def sideways(self) -> bool:
        """Whether what runs to the right in the picture runs up or down on the screen."""
        return self.quarters % 2 == 1

    def turned(self, quarters: int) -> Turn:
        """So many quarters further, clockwise."""
        return Turn((self.quarters + quarters) % 4, self.mirrored)

    def flipped(self, *, upside_down: bool = False) -> Turn:
        """What is seen mirrored: left and right exchanged, or top and bottom."""
        return Turn(((2 if upside_down else 0) - self.quarters) % 4, not self.mirrored)

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """A direction of the picture on the screen; both have y downwards."""
        x = -x if self.mirrored else x
        for _ in range(self.quarters):
            x, y = -y, x
        return x, y

    def undo(self, x: float, y: float) -> tuple[float, float]:
        """A direction of the screen in the picture."""
        for _ in range(self.quarters):
            x, y = y, -x
        return (-x if self.mirrored else x), y

    def sides(self, sides: Sides) -> Sides:
        """What lies at the edges of the screen, from what lies at those of the picture."""
        lie = {(-1, 0): sides[0], (0, -1): sides[1], (1, 0): sides[2], (0, 1): sides[3]}
        left, top, right, bottom = (lie[_whole(self.undo(*edge))] for edge in ((-1, 0), (0, -1), (1, 0), (0, 1)))
        return left, top, right, bottom


STRAIGHT = Turn()


def _whole(way: tuple[float, float]) -> tuple[int, int]:
    return round(way[0]), round(way[1])

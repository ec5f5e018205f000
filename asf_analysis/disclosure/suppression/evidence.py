"""What is known of a part's patterns: worlds that prove some safe, and cuts that prove others unsafe."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from asf_analysis.disclosure.suppression.attacker import Aim, Attack
from asf_analysis.disclosure.suppression.cuts import Cuts
from asf_analysis.disclosure.suppression.parts import TOLERANCE, WITHHELD, Part
from asf_analysis.disclosure.suppression.worlds import Worlds

TOGETHER = 4
"""Of how many figures the linear programs are stacked into one, which costs less than solving each alone."""


class Evidence:
    """Worlds and cuts found so far; what was learnt of one pattern judges others at no cost."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.worlds = Worlds(part)
        self.cuts = Cuts(part)

    def is_safe(self, withheld: np.ndarray) -> bool:
        """Tell whether a pattern keeps what it must; where it does not, a cut is kept that says so."""
        return not self.cuts.broken(withheld) and self.cut(withheld, enough=1)

    def cut(self, withheld: np.ndarray, enough: int) -> bool:
        """Look for cuts that a pattern breaks, until they are enough; tell whether it is safe and breaks none."""
        figures, found = self.doubtful(withheld), 0
        for lot in lots(figures):
            found += self.attack(withheld, lot)
            if found >= enough:
                return False
        if found:
            return False
        for lot in lots(figures):
            self.look_at(withheld, lot)
            if self.missing(withheld)[lot].any():
                self.attack(withheld, lot, exact=True)
                return False
        return True

    def exposed(self, withheld: np.ndarray) -> np.ndarray:
        """Mark the withheld figures that are kept less well than needed."""
        for figures in lots(self.doubtful(withheld)):
            self.look_at(withheld, figures)
        return self.missing(withheld)

    def missing(self, withheld: np.ndarray) -> np.ndarray:
        """Mark the withheld figures that no known world gives what they need."""
        return self.part.missing(*self.worlds.reach(withheld)) & withheld

    def doubtful(self, withheld: np.ndarray) -> np.ndarray:
        """Give the figures that are missing something after worlds were sought that help many at once."""
        attack = Attack.on(self.part, withheld)
        for sign in (1.0, -1.0):
            while self._help_many(attack, withheld, sign):
                pass
        return np.flatnonzero(self.missing(withheld))

    def look_at(self, withheld: np.ndarray, figures: np.ndarray) -> None:
        """Find how far these figures reach, where they are missing something."""
        aims = [aim for figure in figures for aim in self.aims(withheld, int(figure))]
        if aims:
            for world in Attack.on(self.part, withheld).extremes(aims):
                self.worlds.add(world)

    def attack(self, share: np.ndarray, figures: np.ndarray, *, exact: bool = False) -> int:
        """Look for cuts that a pattern breaks for these figures' sake; tell how many were found.

        A figure that is missing something is pushed the one way first; the other way if that gives no cut.
        """
        aims = [list(self.aims(share >= WITHHELD, int(figure))) for figure in figures]
        first = [found[0] for found in aims if found]
        prices = self._prices(first, share, exact=exact)
        found = {aim.figure for aim, price in prices.items() if self._one_sided(aim, price, share)}
        second = [both[1] for both in aims if len(both) > 1 and both[0].figure not in found]
        prices |= self._prices(second, share, exact=exact)
        found |= {aim.figure for aim in second if self._one_sided(aim, prices[aim], share)}
        for one, other in [both for both in aims if len(both) > 1 and both[0].figure not in found]:
            width = self.part.need_width[one.figure]
            if self.cuts.add_priced(one.figure, prices[one] + prices[other], width, share):
                found.add(one.figure)
        return len(found)

    def aims(self, withheld: np.ndarray, figure: int) -> Iterator[Aim]:
        """Give in which directions a figure's reach is not known to be enough."""
        up, down = self.worlds.reach(withheld)
        for sign in (1.0, -1.0):
            if self._lacking(up, down, sign)[figure]:
                yield Aim(figure, sign, max(self._need(sign)[figure], self.part.need_width[figure]))

    def _prices(self, aims: list[Aim], share: np.ndarray, *, exact: bool) -> dict[Aim, np.ndarray]:
        changing = share > 0 if exact else np.ones(self.part.size, dtype=bool)
        if not aims:
            return {}
        prices = Attack.on(self.part, changing).prices(aims, share, exact=exact)
        return dict(zip(aims, prices, strict=True))

    def _one_sided(self, aim: Aim, prices: np.ndarray, share: np.ndarray) -> bool:
        return self.cuts.add_priced(aim.figure, prices, self._need(aim.sign)[aim.figure], share)

    def _need(self, sign: float) -> np.ndarray:
        return self.part.need_up if sign > 0 else self.part.need_down

    def _lacking(self, up: np.ndarray, down: np.ndarray, sign: float) -> np.ndarray:
        """Mark the figures that a world further up (1) or down (-1) would help."""
        one_sided = (up if sign > 0 else down) < self._need(sign) - TOLERANCE
        return one_sided | (up + down < self.part.need_width - TOLERANCE)

    def _help_many(self, attack: Attack, withheld: np.ndarray, sign: float) -> bool:
        """Look for one world that gives many figures what they lack; tell whether it helped any."""
        part = self.part
        lacking = self._lacking(*self.worlds.reach(withheld), sign) & withheld
        if not lacking.any():
            return False
        need = np.maximum(np.maximum(self._need(sign), part.need_width), TOLERANCE)
        up = np.where(lacking & (sign > 0), np.minimum(need, part.up), part.up)
        down = np.where(lacking & (sign < 0), np.minimum(need, part.down), part.down)
        self.worlds.add(attack.furthest(np.where(lacking, sign / need, 0), up, down))
        still = self._lacking(*self.worlds.reach(withheld), sign) & withheld
        return int(still.sum()) < int(lacking.sum())


def lots(figures: np.ndarray) -> Iterator[np.ndarray]:
    """Give figures in lots whose linear programs are solved together."""
    for start in range(0, len(figures), TOGETHER):
        yield figures[start : start + TOGETHER]

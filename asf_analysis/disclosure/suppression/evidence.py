"""What is known of a part's patterns: worlds that prove some safe, and cuts that prove others unsafe."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from asf_analysis.disclosure.suppression.attacker import Aim, Attack
from asf_analysis.disclosure.suppression.cuts import Cuts, Priced
from asf_analysis.disclosure.suppression.parts import TOLERANCE, WITHHELD, Part
from asf_analysis.disclosure.suppression.programs import Programs
from asf_analysis.disclosure.suppression.worlds import Worlds


class Known:
    """What holds of a part's figures whatever is withheld: worlds, and prices that make cuts."""

    def __init__(self, part: Part) -> None:
        self.worlds = Worlds(part)
        self.programs = Programs(part)
        self.priced: list[Priced] = []


class Evidence:
    """Worlds and cuts found so far; what was learnt of one pattern judges others at no cost."""

    def __init__(self, part: Part, known: Known) -> None:
        self.part = part
        self.worlds = known.worlds
        self.cuts = Cuts(part, known.priced)
        self._programs = known.programs

    def is_safe(self, withheld: np.ndarray) -> bool:
        """Tell whether a pattern keeps what it must; where it does not, a cut is kept that says so."""
        return not self.cuts.broken(withheld) and self.cut(withheld, enough=1)

    def cut(self, withheld: np.ndarray, enough: int) -> bool:
        """Look for so many cuts that a pattern breaks; tell whether it breaks none, and so is safe."""
        figures = self.doubtful(withheld)
        if self.attack_some(withheld, figures, enough):
            return False
        for figure in figures:
            self.look_at(withheld, figure)
            if self.missing(withheld)[figure]:
                self.attack(withheld, figure, exact=True)
                return False
        return True

    def attack_some(self, share: np.ndarray, figures: np.ndarray, enough: int) -> bool:
        """Look for so many cuts that a pattern breaks for these figures' sake; tell whether there are any."""
        found = 0
        for figure in figures:
            found += self.attack(share, figure)
            if found >= enough:
                break
        return found > 0

    def exposed(self, withheld: np.ndarray) -> np.ndarray:
        """Mark the withheld figures that are kept less well than needed."""
        for figure in self.doubtful(withheld):
            self.look_at(withheld, figure)
        return self.missing(withheld)

    def missing(self, withheld: np.ndarray) -> np.ndarray:
        """Mark the withheld figures that no known world gives what they need."""
        return self.part.missing(*self.worlds.reach(withheld)) & withheld

    def doubtful(self, withheld: np.ndarray) -> np.ndarray:
        """Give the figures that are missing something after worlds were sought that help many at once."""
        attack = self._attack_on(withheld)
        for sign in (1.0, -1.0):
            while self._help_many(attack, withheld, sign):
                pass
        return np.flatnonzero(self.missing(withheld))

    def look_at(self, withheld: np.ndarray, figure: int) -> None:
        """Find how far a figure reaches, where it is missing something."""
        for aim in list(self.aims(withheld, figure)):
            self.worlds.add(self._attack_on(withheld).extreme(aim))

    def attack(self, share: np.ndarray, figure: int, *, exact: bool = False) -> bool:
        """Look for a cut that a pattern breaks for a figure's sake; tell whether there is one.

        The figure is pushed the one way first, then the other, and at last both ways together.
        """
        attack, both = self._attack_on(share > 0), np.zeros(self.part.size)
        aims = list(self.aims(share >= WITHHELD, figure))
        for aim in aims:
            prices = attack.prices(aim, share, exact=exact)
            if self.cuts.add_priced(Priced(figure, aim.sign, prices), share):
                return True
            both += prices
        return len(aims) == 2 and self.cuts.add_priced(Priced(figure, 0.0, both), share)

    def aims(self, withheld: np.ndarray, figure: int) -> Iterator[Aim]:
        """Give in which directions a figure's reach is not known to be enough."""
        up, down = self.worlds.reach(withheld)
        for sign in (1.0, -1.0):
            if self._lacking(up, down, sign)[figure]:
                yield Aim(figure, sign, max(self.part.need(sign)[figure], self.part.need_width[figure]))

    def _attack_on(self, withheld: np.ndarray) -> Attack:
        return Attack(self.part, withheld, self._programs)

    def _lacking(self, up: np.ndarray, down: np.ndarray, sign: float) -> np.ndarray:
        """Mark the figures that a world further up (1) or down (-1) would help."""
        one_sided = (up if sign > 0 else down) < self.part.need(sign) - TOLERANCE
        return one_sided | (up + down < self.part.need_width - TOLERANCE)

    def _help_many(self, attack: Attack, withheld: np.ndarray, sign: float) -> bool:
        """Look for one world that gives many figures what they lack; tell whether it helped any."""
        part = self.part
        lacking = self._lacking(*self.worlds.reach(withheld), sign) & withheld
        if not lacking.any():
            return False
        need = np.maximum(np.maximum(self.part.need(sign), part.need_width), TOLERANCE)
        up = np.where(lacking & (sign > 0), np.minimum(need, part.up), part.up)
        down = np.where(lacking & (sign < 0), np.minimum(need, part.down), part.down)
        self.worlds.add(attack.furthest(np.where(lacking, sign / need, 0), up, down))
        still = self._lacking(*self.worlds.reach(withheld), sign) & withheld
        return int(still.sum()) < int(lacking.sum())

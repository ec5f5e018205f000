"""Bullet charts, one per goal: the result as a bar against the target, at the same place in every row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.presentation.drawing import TEXT_SIZE, WIDTH, Canvas, wrap
from asf_analysis.presentation.palette import BLUE, GRID, INK, PAPER, QUIET_INK, STATUS_INK, TRACK, Mark
from asf_analysis.presentation.values import (
    MISSING_SIGN,
    StatusMark,
    status_mark,
    write_baseline,
    write_outcome,
    write_target,
)

LONGEST = 2.0
"""Bars end at twice the target, with an arrow, so that one great success does not dwarf the others."""

BASELINE = Mark(PAPER, "D")
LABEL_LETTERS = 31
LARGE_LETTERS = 6
"""A longer figure is written in the size of the text beside it."""
HEAD, FOOT, LINE, GAP = 32, 26, 16, 18


@dataclass(frozen=True)
class Bullet:
    """One goal as it is drawn; ratios are to the target, None where there is nothing to draw."""

    label: str
    status: StatusMark
    result: str
    target: str
    baseline: str
    ratio: float | None
    baseline_ratio: float | None

    @property
    def lines(self) -> list[str]:
        """The label as it fits beside the bar."""
        return wrap(self.label, LABEL_LETTERS)

    @property
    def height(self) -> float:
        """Pixels that the row takes: the label, and the status under it."""
        return max(2, len(self.lines) + 1) * LINE + GAP


def bullet_of(outcome: Outcome) -> Bullet:
    """Prepare a goal for drawing; only a target above 0 can be measured against."""
    target = outcome.target.value if outcome.target and outcome.target.value else 0
    has_baseline = outcome.baseline.amount is not None
    return Bullet(
        label=outcome.kpi.label,
        status=status_mark(outcome),
        result=write_outcome(outcome),
        target=write_target(outcome),
        baseline=write_baseline(outcome) if has_baseline else "",
        ratio=_ratio(outcome.result.amount, target),
        baseline_ratio=_ratio(outcome.baseline.amount, target),
    )


def _ratio(amount: float | None, target: float) -> float | None:
    return None if amount is None or target <= 0 else max(0.0, amount / target)


def draw_bullets(bullets: Sequence[Bullet], width: int = WIDTH) -> Canvas:
    """Draw one row per goal: label and status, bar with target and baseline, and the figures."""
    canvas = Canvas.of(width, HEAD + sum(bullet.height for bullet in bullets) + FOOT)
    left, right = 228.0, width - 180.0
    scale = (right - left) / _limit(bullets)
    _draw_axis(canvas, left, scale, right)
    y = float(HEAD)
    for bullet in bullets:
        _draw_row(canvas, bullet, y, left, scale, right)
        y += bullet.height
    target = left + scale
    canvas.line((target, HEAD - 8), (target, canvas.height - FOOT + 4), INK, 2)
    canvas.text(target, HEAD - 15, "Målet", bold=True, align="center")
    return canvas


def _limit(bullets: Sequence[Bullet]) -> float:
    """How far the scale goes, in targets: past the longest bar that is drawn, and always past the target."""
    ratios = [
        ratio for bullet in bullets for ratio in (bullet.ratio, bullet.baseline_ratio) if ratio is not None
    ]
    return max(1.15, min(LONGEST, max(ratios, default=0)) + 0.06)


def _draw_axis(canvas: Canvas, left: float, scale: float, right: float) -> None:
    bottom = canvas.height - FOOT + 4
    for percent in (0, 50, 100, 150, 200):
        x = left + scale * percent / 100
        if x > right:
            continue
        canvas.line((x, HEAD - 8), (x, bottom), GRID)
        canvas.text(x, bottom + 16, f"{percent} %", size=11.5, colour=QUIET_INK, align="center")


def _draw_row(canvas: Canvas, bullet: Bullet, y: float, left: float, scale: float, right: float) -> None:
    _draw_label(canvas, bullet, y)
    middle = y + (bullet.height - GAP) / 2
    canvas.bar(left, middle - 11, right - left, 22, TRACK)
    if bullet.ratio is None:
        why = "uppgift saknas" if bullet.result == MISSING_SIGN else "går ej att jämföra"
        canvas.text(left + 8, middle + 4, why, size=11.5, colour=QUIET_INK)
    else:
        _draw_result(canvas, bullet.ratio, middle, left, scale)
    if bullet.baseline_ratio is not None:
        canvas.mark(left + scale * min(bullet.baseline_ratio, LONGEST), middle, BASELINE, size=8, edge=INK)
    _draw_figures(canvas, bullet, middle, right + 16)


def _draw_label(canvas: Canvas, bullet: Bullet, y: float) -> None:
    for index, line in enumerate(bullet.lines):
        canvas.text(0, y + LINE * index + 11, line, bold=True)
    status = y + LINE * len(bullet.lines) + 11
    canvas.text(0, status, str(bullet.status), colour=STATUS_INK[bullet.status.css])


def _draw_result(canvas: Canvas, ratio: float, middle: float, left: float, scale: float) -> None:
    length = scale * min(ratio, LONGEST)
    canvas.bar(left, middle - 7, length, 14, BLUE)
    if ratio > LONGEST:
        canvas.mark(left + length, middle, Mark(BLUE, ">"), size=16)


def _draw_figures(canvas: Canvas, bullet: Bullet, middle: float, x: float) -> None:
    size = 17 if len(bullet.result) <= LARGE_LETTERS else TEXT_SIZE
    canvas.text(x, middle + 6, bullet.result, size=size, bold=True)
    beside = x + 68
    if bullet.baseline:
        canvas.text(beside, middle - 3, f"mål {bullet.target}")
        canvas.text(beside, middle + 13, f"utgångsläge {bullet.baseline}", size=11.5, colour=QUIET_INK)
    else:
        canvas.text(beside, middle + 5, f"mål {bullet.target}")

"""Bullet charts, one per goal: the result as a bar against the target, at the same place in every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.kpis.registry import Result
from asf_analysis.presentation.drawing import EDGE, NARROW, WIDTH, Canvas
from asf_analysis.presentation.letters import SMALL_TEXT, TEXT_SIZE, text_width, wrap
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
LARGE, LARGE_LETTERS = 17, 6
"""A longer figure is written in the size of the text beside it."""
LINE = 16
LABEL_WIDTH, HEAD, FOOT, GAP = 214, 32, 26, 18
NARROW_WIDTH, NARROW_HEAD, NARROW_GAP = NARROW - 2 * EDGE, 44, 22


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
    def result_size(self) -> float:
        """The size in which the result is written."""
        return LARGE if len(self.result) <= LARGE_LETTERS else TEXT_SIZE

    @property
    def result_width(self) -> float:
        """How wide the result is."""
        return text_width(self.result, self.result_size, bold=True)

    @property
    def aims(self) -> list[str]:
        """What the result is measured against: the target, and the baseline where there is one."""
        return [f"mål {self.target}", *([f"utgångsläge {self.baseline}"] if self.baseline else [])]


@dataclass(frozen=True)
class Scale:
    """Where a share of the target stands across the sheet."""

    left: float
    right: float
    limit: float

    def at(self, ratio: float) -> float:
        """The place of a share of the target; what is longer than the longest bar ends there."""
        return self.left + (self.right - self.left) * min(ratio, LONGEST) / self.limit

    @property
    def percents(self) -> Iterator[tuple[int, float]]:
        """The percentages that are marked, and their places."""
        for percent in (0, 50, 100, 150, 200):
            if (x := self.at(percent / 100)) <= self.right and percent / 100 <= self.limit:
                yield percent, x


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
        ratio=_ratio(outcome.result, target),
        baseline_ratio=_ratio(outcome.baseline, target),
    )


def _ratio(figure: Result, target: float) -> float | None:
    """Divide a figure, a share in percent, by a target above 0."""
    return None if figure.value is None or target <= 0 else max(0.0, float(figure.value) / target)


def _limit(bullets: Sequence[Bullet]) -> float:
    """How far the scale goes, in targets: past the longest bar that is drawn, and always past the target."""
    ratios = [
        ratio for bullet in bullets for ratio in (bullet.ratio, bullet.baseline_ratio) if ratio is not None
    ]
    return max(1.15, min(LONGEST, max(ratios, default=0)) + 0.06)


def draw_bullets(bullets: Sequence[Bullet]) -> Canvas:
    """Draw one row per goal: label and status, bar with target and baseline, and the figures beside it."""
    labels = [wrap(bullet.label, LABEL_WIDTH, bold=True) for bullet in bullets]
    heights = [max(2, len(lines) + 1) * LINE + GAP for lines in labels]
    canvas = Canvas.of(WIDTH, HEAD + sum(heights) + FOOT)
    aims = WIDTH - max(96, *(text_width(aim) for bullet in bullets for aim in bullet.aims))
    results = aims - max(68, *(bullet.result_width + 14 for bullet in bullets))
    scale = Scale(LABEL_WIDTH + 14, results - 16, _limit(bullets))
    _draw_axis(canvas, scale)
    y = float(HEAD)
    for bullet, lines, height in zip(bullets, labels, heights, strict=True):
        _draw_label(canvas, bullet, lines, 0, y)
        middle = y + (height - GAP) / 2
        _draw_bar(canvas, bullet, middle, scale)
        canvas.text(results, middle + 6, bullet.result, size=bullet.result_size, bold=True)
        _draw_aims(canvas, bullet, aims, middle + (5 if len(bullet.aims) == 1 else -3))
        y += height
    canvas.line((scale.at(1), HEAD - 8), (scale.at(1), canvas.height - FOOT + 4), INK, 2)
    canvas.text(scale.at(1), HEAD - 15, "Målet", bold=True, align="center")
    return canvas


def draw_narrow_bullets(bullets: Sequence[Bullet]) -> Canvas:
    """Draw one block per goal: label and status, under them the bar, under it the figures."""
    labels = [wrap(bullet.label, NARROW_WIDTH, bold=True) for bullet in bullets]
    heights = [
        (len(lines) + 1) * LINE + 30 + LINE * (1 if _aims_fit(bullet) else 2) + NARROW_GAP
        for bullet, lines in zip(bullets, labels, strict=True)
    ]
    canvas = Canvas.of(NARROW, NARROW_HEAD + sum(heights) - NARROW_GAP + 4)
    scale = Scale(EDGE, NARROW - EDGE, _limit(bullets))
    _draw_narrow_axis(canvas, scale)
    y = float(NARROW_HEAD)
    for bullet, lines, height in zip(bullets, labels, heights, strict=True):
        _draw_label(canvas, bullet, lines, EDGE, y)
        bar = y + (len(lines) + 1) * LINE + 15
        _draw_bar(canvas, bullet, bar, scale)
        canvas.line((scale.at(1), bar - 14), (scale.at(1), bar + 14), INK, 2)
        canvas.text(EDGE, bar + 30, bullet.result, size=bullet.result_size, bold=True)
        _draw_narrow_aims(canvas, bullet, bar + 30)
        y += height
    return canvas


def _draw_axis(canvas: Canvas, scale: Scale) -> None:
    bottom = canvas.height - FOOT + 4
    for percent, x in scale.percents:
        canvas.line((x, HEAD - 8), (x, bottom), GRID)
        canvas.text(x, bottom + 16, f"{percent} %", size=SMALL_TEXT, colour=QUIET_INK, align="center")


def _draw_narrow_axis(canvas: Canvas, scale: Scale) -> None:
    """Mark the scale once, above the bars, as far in as its words need."""
    canvas.line((scale.left, NARROW_HEAD - 10), (scale.right, NARROW_HEAD - 10), GRID)
    for percent, x in scale.percents:
        half = text_width(f"{percent} %", SMALL_TEXT) / 2
        middle = min(max(x, scale.left + half), scale.right - half)
        canvas.text(
            middle, NARROW_HEAD - 18, f"{percent} %", size=SMALL_TEXT, colour=QUIET_INK, align="center"
        )
        canvas.line((x, NARROW_HEAD - 14), (x, NARROW_HEAD - 10), QUIET_INK)
    canvas.line((scale.at(1), NARROW_HEAD - 15), (scale.at(1), NARROW_HEAD - 9), INK, 2)
    canvas.text(scale.at(1), NARROW_HEAD - 33, "Målet", bold=True, align="center")


def _draw_label(canvas: Canvas, bullet: Bullet, lines: Sequence[str], x: float, y: float) -> None:
    for index, line in enumerate(lines):
        canvas.text(x, y + LINE * index + 11, line, bold=True)
    canvas.text(x, y + LINE * len(lines) + 11, str(bullet.status), colour=STATUS_INK[bullet.status.css])


def _draw_bar(canvas: Canvas, bullet: Bullet, middle: float, scale: Scale) -> None:
    canvas.bar(scale.left, middle - 11, scale.right - scale.left, 22, TRACK)
    if bullet.ratio is None:
        why = "uppgift saknas" if bullet.result == MISSING_SIGN else "går ej att jämföra"
        x = _free_place(scale, bullet.baseline_ratio, text_width(why, SMALL_TEXT))
        canvas.text(x, middle + 4, why, size=SMALL_TEXT, colour=QUIET_INK)
    else:
        canvas.bar(scale.left, middle - 7, scale.at(bullet.ratio) - scale.left, 14, BLUE)
        if bullet.ratio > LONGEST:
            canvas.mark(scale.at(LONGEST), middle, Mark(BLUE, ">"), size=16)
    if bullet.baseline_ratio is not None:
        canvas.mark(scale.at(bullet.baseline_ratio), middle, BASELINE, size=7.5, edge=INK)


def _free_place(scale: Scale, baseline: float | None, width: float) -> float:
    """Find where words in a bar's place meet neither the target nor the baseline: as far left as possible."""
    taken = [scale.at(1), *([] if baseline is None else [scale.at(baseline)])]
    places = [scale.left, *sorted(taken)]
    free = [place + 10 for place in places if not any(place < other < place + width + 20 for other in taken)]
    return next((place for place in free if place + width <= scale.right), scale.left + 10)


def _draw_aims(canvas: Canvas, bullet: Bullet, x: float, y: float) -> None:
    """Write what the result is measured against, one under the other."""
    for index, aim in enumerate(bullet.aims):
        size, colour = (SMALL_TEXT, QUIET_INK) if index else (TEXT_SIZE, INK)
        canvas.text(x, y + LINE * index, aim, size=size, colour=colour)


def _draw_narrow_aims(canvas: Canvas, bullet: Bullet, y: float) -> None:
    """Write what the result is measured against beside it, in one line where there is room."""
    x = EDGE + bullet.result_width + 10
    if not _aims_fit(bullet):
        _draw_aims(canvas, bullet, x, y)
        return
    target, *baseline = bullet.aims
    canvas.text(x, y, target)
    for aim in baseline:
        canvas.text(x + text_width(target) + 12, y, aim, size=SMALL_TEXT, colour=QUIET_INK)


def _aims_fit(bullet: Bullet) -> bool:
    needed = bullet.result_width + sum(10 + text_width(aim) for aim in bullet.aims)
    return needed <= NARROW_WIDTH

"""How the enterprises have developed: started and closed, grown and shrunk, and how large they are."""

from __future__ import annotations

from asf_analysis.disclosure.published import WITHHELD, Published, require_published
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.changes import CLOSED, DEFINITION, GROWN, SHRUNK, STARTED, UNCHANGED
from asf_analysis.kpis.registry import Result
from asf_analysis.kpis.sizes import SIZE_CLASSES, UNKNOWN_SIZE, largest_counted
from asf_analysis.presentation.accounts import Account, more_or_fewer, noun_of, outcome_of, where
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.grids import Grid
from asf_analysis.presentation.shares import numeral, out_of
from asf_analysis.presentation.tables.notes import PROTECTED, told_answers
from asf_analysis.presentation.values import write_result
from asf_analysis.swedish.writing import (
    approximately,
    count_phrase,
    format_date,
    format_number,
    join_words,
    number_word,
)

LARGEST_OF = {"employees": "anställda", "participants": "deltagare"}


def development(report: Published) -> Block:
    """Tell how many enterprises have started and closed, and how many of the others grew and shrank."""
    published = require_published(report)
    return paragraphs(_enterprises(published), _panel(published))


def _days(report: Published, key: str) -> tuple[str, str]:
    """The baseline's day, and that on which a table was counted."""
    return format_date(report.period.before().end), format_date(report.table(key).on or report.period.end)


def _enterprises(report: Published) -> str:
    account = Account.of(report, "enterprise_changes", "enterprises")
    before, after = _days(report, "enterprise_changes")
    if account.result is None:
        return f"Uppgift saknas om antalet företag den {after}."
    if account.baseline is None:
        now = count_phrase(account.result, "verksamt företag", "verksamma företag", neuter=True)
        return (
            f"Den {after} fanns det {now}. Hur många som har startat och avslutats redovisas inte, "
            f"eftersom uppgifter om läget den {before} saknas."
        )
    then = count_phrase(account.baseline, "verksamt företag", "verksamma företag", neuter=True)
    now = numeral(account.result, account.result) if account.result > 1 else "ett"
    ends = f"Den {before} fanns det {then}, och den {after} fanns det {now if account.result else 'inget'}."
    started, closed = account.parts[STARTED], -account.parts[CLOSED]
    if not started and not closed:
        return f"{ends} Inget företag har startat eller avslutats däremellan."
    new = count_phrase(started, "företag", "företag", neuter=True) if started else "inget företag"
    gone = number_word(closed, neuter=True) if closed else "inget"
    return f"{ends} Däremellan har {new} startat och {gone} avslutats."


def _panel(report: Published) -> str:
    """Tell of the enterprises that answered both times how many grew; nothing where there are none."""
    grid = Grid.of(report.table("panel_changes"))
    whole = grid.cell(TOTAL, "employees").value
    if not whole:
        return ""
    directions = (
        _directions(grid, measure, noun)
        for measure, noun in (("employees", "anställda"), ("participants", "deltagare"))
    )
    both = count_phrase(whole, "företag", "företag", neuter=True)
    return f"Vid båda tillfällena har {both} svarat på enkäten. {' '.join(directions)}"


def _directions(grid: Grid, measure: str, noun: str) -> str:
    """Tell in how many enterprises a number rose, fell, stood still, and cannot be compared."""
    rose, fell, stood_still, other = (
        grid.cell(row, measure).value or 0 for row in (GROWN, SHRUNK, UNCHANGED, DEFINITION)
    )
    verbs = (
        (rose, "ökade"),
        (fell, "minskade"),
        (stood_still, "var oförändrat"),
        (other, "går inte att jämföra"),
    )
    told = [(number, verb) for number, verb in verbs if number]
    greatest = max((number for number, _ in told), default=0)
    counted = [
        f"{verb} i {numeral(number, greatest)}" if number > 1 else f"{verb} i ett" for number, verb in told
    ]
    return f"Antalet {noun} {join_words(counted)} av dem." if told else ""


def changes(report: Published, key: str) -> Block:
    """Tell a net change of people: its ends, women and men, its parts, and what is told only together."""
    published = require_published(report)
    account, noun = Account.of(published, key), noun_of(key)
    before, after = _days(published, key)
    if not account.known:
        lacking = f"eftersom uppgifter om läget den {before} eller den {after} saknas"
        return paragraphs(
            f"Hur antalet {noun} har förändrats redovisas inte, {PROTECTED if account.hidden else lacking}."
        )
    then, now = (_level(account, number) for number in (account.baseline, account.result))
    ends = f"Den {before} hade de verksamma företagen {then} {noun}, och den {after} hade de {now}."
    told = [ends, _net(published, key, account), _parts(account)]
    return paragraphs(" ".join(filter(None, told)), _together(account), _silent(published, key))


def _silent(report: Published, key: str) -> str:
    """Tell that enterprises are not counted for want of any answer, which else would read as nobody."""
    outcome = outcome_of(report, key)
    if outcome is None or outcome.result.answered is None or outcome.result.asked is None:
        return ""
    counted = outcome.result.answered + outcome.result.carried
    return told_answers(outcome.result) if counted < outcome.result.asked else ""


def _level(account: Account, number: int | None) -> str:
    """Write one end of a known account in the way of the greater end."""
    if not number:
        return "inga"
    return account.written(number, greatest=max(account.baseline or 0, account.result or 0))


def _net(report: Published, key: str, account: Account) -> str:
    """Tell the net change of all, of women and of men, as far as they are shown."""
    sexes = {name: Account.of(report, key, sex) for name, sex in (("kvinnor", "women"), ("män", "men"))}
    by_sex = list(sexes.values()) if all(one.known for one in sexes.values()) else []
    greatest = max(abs(one.net) for one in (account, *by_sex))
    whole = f"Det är {_change(account, account.net, greatest)}" if account.net else "Antalet är oförändrat"
    if not any(one.net for one in by_sex):
        return f"{whole}."
    told = [
        f"{_change(account, one.net, greatest)} {name}" if one.net else f"lika många {name}"
        for name, one in sexes.items()
    ]
    return f"{whole}: {join_words(told)}."


def _change(account: Account, change: int, greatest: int) -> str:
    """Write how many more or fewer, in the way of the greatest number in the sentence."""
    return f"{account.written(abs(change), greatest)} {more_or_fewer(change)}"


def _parts(account: Account) -> str:
    """Tell every part that is shown and is not nothing, the largest first."""
    parts = sorted(
        ((component, part) for component, part in account.parts.items() if part),
        key=lambda part: -abs(part[1]),
    )
    if not parts:
        return ""
    greatest = abs(parts[0][1])
    told = [f"{_change(account, part, greatest)} {where([component])}" for component, part in parts]
    return f"{'I förändringen ingår' if account.hidden else 'Förändringen består av'} {join_words(told)}."


def _together(account: Account) -> str:
    """Tell which parts are told only together, and what they are together."""
    if not account.hidden:
        return ""
    together = account.together
    told = _change(account, together, abs(together)) if together else "ingen skillnad"
    return f"Förändringen {where(account.hidden)} redovisas bara tillsammans ({told}), {PROTECTED}."


def sizes(report: Published) -> Block:
    """Tell the usual size of an enterprise, the one in the middle, and how much the largest ones hold."""
    published = require_published(report)
    return paragraphs(
        " ".join(filter(None, [_usual_size(published), _median(published)])), _largest(published)
    )


def _usual_size(report: Published) -> str:
    grid = Grid.of(report.table("enterprises_by_size"))
    if grid.holds(WITHHELD):
        return "Hur många anställda företagen har redovisas inte, för att skydda företagen bakom uppgifterna."
    known = {row: grid.cell(row, "enterprises").value or 0 for row in SIZE_CLASSES}
    whole, most = sum(known.values()), max(known.values())
    if not whole:
        return "Uppgifter saknas om hur många anställda företagen har."
    answering = " som har svarat" if grid.cell(UNKNOWN_SIZE, "enterprises").value else ""
    usual = [f"{row} anställda" for row, count in known.items() if count == most]
    if most == whole:
        return f"Alla företag{answering} har {usual[0]}."
    each = " vardera" if len(usual) > 1 else ""
    return f"Vanligast är {join_words(usual, 'eller')}: {out_of(most, whole)} företag{answering}{each}."


def _median(report: Published) -> str:
    result = report.outcome("median_employees").result
    if result.amount is None:
        return ""
    whole = float(result.amount).is_integer() and not result.approximate
    written = number_word(int(result.amount)) if whole else write_result(result)
    noun = "anställd" if result.amount == 1 else "anställda"
    return f"Företaget i mitten, när de ordnas efter storlek, har {written} {noun}."


def _largest(report: Published) -> str:
    """Tell the shares of the largest enterprises; what cannot be shown is said."""
    least = largest_counted(report.association.rules)
    results = {noun: report.outcome(f"concentration_{key}").result for key, noun in LARGEST_OF.items()}
    told = [
        f"De {number_word(least)} företag som har flest {noun} har {_share(result)} av alla {noun}."
        for noun, result in results.items()
        if result.amount is not None
    ]
    absent = [_not_told(noun, result, least) for noun, result in results.items() if result.amount is None]
    return " ".join([*told, *absent])


def _not_told(noun: str, result: Result, least: int) -> str:
    """Say that a share is withheld, or rests on too few answers to be counted."""
    needed = f"eftersom det kräver svar från minst {number_word(2 * least)} företag"
    why = PROTECTED if result.withheld else needed
    what = f"Hur stor andel av alla {noun} som finns i de {number_word(least)} största företagen"
    return f"{what} redovisas inte, {why}."


def _share(result: Result) -> str:
    """Write a share with its counts."""
    written = f"{format_number(result.percent() or 0)} procent"
    counts = f"{format_number(result.amount or 0)} av {format_number(result.whole or 0)}"
    return f"{approximately(written) if result.approximate else written} ({counts})"

"""How people write what a machine would write in one way: days, counts, amounts, names, numbers."""

from __future__ import annotations

from datetime import date

from asf_analysis.demonstration.chance import Chance

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli",
    "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
NUMBER_WORDS = (
    "noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
)  # fmt: skip


def write_day(day: date, chance: Chance, plain: int = 80) -> date | str:
    """Write a day as a date so many times in a hundred, else as one of the texts people type."""
    if chance.happens(plain):
        return day
    month = MONTHS[day.month - 1]
    return chance.pick(
        (f"{day.day} {month} {day.year}", day.isoformat(), f"{day.day}/{day.month} {day.year}")
    )


def write_count(count: int, chance: Chance) -> str:
    """Write a count as text that still means exactly that count.

    >>> sorted({write_count(12, Chance("example", turn)) for turn in range(20)})
    ['12 st', '12st.', 'tolv']
    """
    forms = [f"{count} st", f"{count}st."]
    if 2 <= count < len(NUMBER_WORDS):
        forms.append(NUMBER_WORDS[count])
    return chance.pick(forms)


def write_amount(kronor: int) -> str:
    """Write an amount of money.

    >>> write_amount(125_000)
    '125 000 kr'
    """
    return f"{kronor:,} kr".replace(",", " ")


def municipal(name: str) -> str:
    """Name the municipality as an organisation.

    >>> municipal("Gävle"), municipal("Hudiksvall"), municipal("Hofors")
    ('Gävle kommun', 'Hudiksvalls kommun', 'Hofors kommun')
    """
    return f"{name} kommun" if name[-1] in "eos" else f"{name}s kommun"


def write_municipality(name: str, chance: Chance, plain: int = 84) -> str:
    """Write a municipality's name plainly so many times in a hundred, else in another spelling."""
    if chance.happens(plain):
        return name
    return chance.pick((municipal(name), f"{name.upper()} ", f" {name}", f"{name} kommun"))


def write_number(number: str, chance: Chance, plain: int = 75) -> str:
    """Write an organisation number with its hyphen so many times in a hundred, else without."""
    return number if chance.happens(plain) else number.replace("-", "")


def write_name(name: str, chance: Chance, plain: int = 92) -> str:
    """Write a name plainly so many times in a hundred, else with spaces that should not be there."""
    return (
        name if chance.happens(plain) else chance.pick((f"{name} ", f" {name}", name.replace(" ", "  ", 1)))
    )

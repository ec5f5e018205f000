"""click in Swedish: parameter types, help and messages of wrong usage."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

YEARS = range(1990, 2100)
"""Years that a report can be about; anything else is a slip of the keyboard."""


class Year(click.ParamType):
    """A calendar year, such as 2018."""

    name = "ÅR"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read a year; fails with a Swedish message."""
        text = str(value)
        if not re.fullmatch(r"\d{4}", text, re.ASCII) or int(text) not in YEARS:
            self.fail(f"{text!r} är inget årtal. Skriv fyra siffror, till exempel 2018.", param, ctx)
        return int(text)


class Years(click.ParamType):
    """A span of years, such as 2016-2019."""

    name = "FRÅN-TILL"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Read a span of years; fails with a Swedish message."""
        if isinstance(value, tuple):
            return value
        ends = re.split(r"[-–]", str(value).strip())
        if len(ends) != 2:
            self.fail(f"{value!r} är inget intervall av år. Skriv till exempel 2016-2019.", param, ctx)
        first, last = (YEAR.convert(end.strip(), param, ctx) for end in ends)
        if first > last:
            self.fail(f"Intervallet går baklänges. Skriv {last}-{first}.", param, ctx)
        return tuple(range(first, last + 1))


class OneOf(click.ParamType):
    """One of a few words."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self.name = "|".join(words)

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read one of the words; fails with a Swedish message that names them."""
        if value not in self.words:
            self.fail(f"{value!r} går inte att välja. Välj {' eller '.join(self.words)}.", param, ctx)
        return str(value)


class Names(click.ParamType):
    """One or several names, with commas between them."""

    name = "NAMN,…"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Read the names; fails with a Swedish message where one is empty.

        >>> Names().convert("html, PDF", None, None)
        ('html', 'pdf')
        """
        names = tuple(name.strip().lower() for name in str(value).split(","))
        if not all(names):
            self.fail(f"{value!r} saknar ett namn. Skriv till exempel html,pdf.", param, ctx)
        return names


class Count(click.ParamType):
    """A whole number from 1."""

    name = "ANTAL"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read a whole number; fails with a Swedish message."""
        if not re.fullmatch(r"[1-9]\d{0,6}", str(value), re.ASCII):
            self.fail(f"{value!r} är inget antal. Skriv ett heltal från 1.", param, ctx)
        return int(str(value))


class TimeOfDay(click.ParamType):
    """A time of day, such as 03:30."""

    name = "TT:MM"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Read an hour and a minute; fails with a Swedish message.

        >>> TimeOfDay().convert("3.30", None, None)
        (3, 30)
        """
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)", str(value).strip(), re.ASCII)
        if not found:
            self.fail(f"{value!r} är inget klockslag. Skriv till exempel 03:30.", param, ctx)
        return int(found[1]), int(found[2])


YEAR = Year()


class SwedishCommand(click.Command):
    """A command whose help is Swedish."""

    def __init__(self, *arguments: object, **options: object) -> None:
        options.setdefault("options_metavar", "[FLAGGOR]")
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        formatter.write_usage(
            ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Användning: "
        )

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's options."""
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]
        with formatter.section("Flaggor"):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give the option that shows the help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Visa den här hjälpen."
        return option


class SwedishGroup(SwedishCommand, click.Group):
    """A group of commands whose help is Swedish."""

    command_class = SwedishCommand

    def __init__(self, *arguments: object, **options: object) -> None:
        options.setdefault("subcommand_metavar", "KOMMANDO …")
        super().__init__(*arguments, **options)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the group's options and its commands."""
        super().format_options(ctx, formatter)
        commands = [(name, self.commands[name].get_short_help_str(90)) for name in self.list_commands(ctx)]
        with formatter.section("Kommandon"):
            formatter.write_dl(commands)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click passes it
        """Name the commands in the order in which they are written."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first word names."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            ctx.fail(f"Det finns inget kommando {args[0]!r}. De som finns: {', '.join(self.commands)}.")
        return super().resolve_command(ctx, args)


def in_swedish(error: click.UsageError) -> str:
    """Say in Swedish what was wrong with how a command was called."""
    if isinstance(error, click.NoSuchOption):
        near = f" Menade du {' eller '.join(error.possibilities)}?" if error.possibilities else ""
        return f"Det finns ingen flagga {error.option_name}.{near}"
    if isinstance(error, click.BadOptionUsage):
        return f"Flaggan {error.option_name} behöver ett värde, och bara ett."
    if isinstance(error, click.MissingParameter):
        if isinstance(error.param, click.Argument):
            return f"Ange {error.param.metavar}."
        return f"Flaggan {_option(error)} måste anges."
    if isinstance(error, click.BadParameter):
        return f"{_option(error)}: {error.message}"
    if "unexpected extra argument" in error.message:
        return "Kommandot tar inga ord utöver sina flaggor."
    return error.message


def _option(error: click.BadParameter) -> str:
    return max(error.param.opts, key=len) if error.param else str(error.param_hint or "")

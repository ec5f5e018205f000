"""`asf-analysis`: reads options, calls one function, prints.

Heavy libraries are imported by the command that needs them, so that help and wrong usage answer at once.
"""

from __future__ import annotations

import os
import shlex
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

from asf_analysis.errors import AsfError, MissingProject, WrongUsage
from asf_analysis.folders import (
    default_output,
    find_data,
    find_notebooks,
    find_published,
    log_file,
    years_beside,
)
from asf_analysis.swedish.commands import (
    YEAR,
    Count,
    Names,
    OneOf,
    SwedishCommand,
    SwedishGroup,
    TimeOfDay,
    Years,
    in_swedish,
)

if TYPE_CHECKING:
    from asf_analysis.audience import Audience
    from asf_analysis.demonstration import Form
    from asf_analysis.schedule import Often, System

FOLDER = click.Path(path_type=Path)

option_year = click.option("--year", type=YEAR, required=True, help="Året det gäller, till exempel 2018.")
option_audience = click.option(
    "--audience",
    type=OneOf(("public", "internal")),
    default="public",
    help="public (det som får spridas) eller internal. Förval: public.",
)
option_data = click.option(
    "--data", type=FOLDER, metavar="MAPP", help="Datamappen. Förval: närmaste data/ här eller ovanför."
)
option_single = click.option("--year", "single", type=YEAR, multiple=True, help="Ett år. Kan upprepas.")
option_span = click.option("--years", "span", type=Years(), help="Flera år i följd, till exempel 2016-2019.")
option_output = click.option(
    "--output", type=FOLDER, metavar="MAPP", help="Dit dokumenten skrivs. Förval: output/ bredvid data/."
)
option_format = click.option(
    "--format", "form", type=OneOf(("table", "csv", "json")), default="table", help="Form. Förval: table."
)
option_as_of = click.option(
    "--as-of",
    metavar="DAG",
    default="",
    help="Sista dagen i en delårsrapport, till exempel 2018-08-31. Förval: hela året.",
)


@click.group(cls=SwedishGroup)
@click.version_option(package_name="asf-analysis", message="%(prog)s %(version)s", help="Visa versionen.")
def cli() -> None:
    """Gör samordningsförbundets rådata om ASF till årets rapport om mål och resultat.

    Exempel: asf-analysis run --year 2018
    """


@cli.command("new-association", cls=SwedishCommand)
@click.argument("folder", type=FOLDER, metavar="MAPP")
@click.option("--name", metavar="NAMN", default="", help="Samordningsförbundets namn.")
@click.option(
    "--municipality",
    "municipalities",
    multiple=True,
    metavar="KOMMUN",
    help="En kommun, med namn eller kod. Upprepas för flera, i vilka län som helst.",
)
@click.option(
    "--district",
    "districts",
    multiple=True,
    metavar="STADSDEL, KOMMUN",
    help="En del av en kommun, till exempel 'Hisingen, Göteborg'. Kan upprepas.",
)
@click.option("--started", metavar="DAG", default="", help="Insatsens första dag, till exempel 2024-01-01.")
@click.option("--contact", metavar="E-POST", default="", help="Vart läsare vänder sig.")
@click.option(
    "--accessibility-url", metavar="ADRESS", default="", help="Tillgänglighetsredogörelsen, https://…"
)
@click.option("--region", metavar="NAMN", default="", help="Regionen. Förval: den som hör till länet.")
@click.option("--demonstration", is_flag=True, help="Fyll mappen med påhittade uppgifter att prova med.")
def new_association(
    folder: Path,
    name: str,
    municipalities: tuple[str, ...],
    districts: tuple[str, ...],
    started: str,
    contact: str,
    accessibility_url: str,
    region: str,
    demonstration: bool,
) -> None:
    """Gör en datamapp för ett annat samordningsförbund.

    Det som inte anges frågar kommandot om. Ingenting som redan finns skrivs över.

    Exempel: asf-analysis new-association ../vart-forbund --municipality Umeå --municipality Vännäs
    """
    given = {
        "name": name,
        "municipality": ",".join(municipalities),
        "started": started,
        "contact": contact,
        "accessibility-url": accessibility_url,
    }
    if districts and not municipalities:
        del given["municipality"]
    answered = _ask_for_missing(given)
    from asf_analysis.demonstration import write_demonstration
    from asf_analysis.preparation.new_association import NewAssociation, told_association, write_association
    from asf_analysis.swedish.dates import read_date

    try:
        day = read_date(answered["started"])
    except ValueError as error:
        raise WrongUsage(f"--started: {error} Skriv dagen som 2024-01-01.") from error
    if day is None:
        raise WrongUsage("--started: skriv insatsens första dag, till exempel 2024-01-01.")
    named = [one.strip() for one in answered.get("municipality", "").split(",") if one.strip()]
    new = NewAssociation(
        name=answered["name"],
        municipalities=tuple(named),
        districts=districts,
        started_on=day,
        contact=answered["contact"],
        accessibility_url=answered["accessibility-url"],
        region=region,
        demonstration=demonstration,
    )
    written = write_association(folder, new)
    if demonstration:
        written += tuple(write_demonstration(folder / "data", copy_from=_own_data()))
    click.echo(told_association(folder, written), nl=False)


_QUESTIONS = {
    "name": "Samordningsförbundets namn",
    "municipality": "Kommunerna, med komma mellan",
    "started": "Insatsens första dag, till exempel 2024-01-01",
    "contact": "E-postadress för läsare",
    "accessibility-url": "Adress till tillgänglighetsredogörelsen, https://…",
}


def _ask_for_missing(given: Mapping[str, str]) -> Mapping[str, str]:
    """Ask for what was not given; where nobody can answer, refuse with all that is missing."""
    missing = [option for option, value in given.items() if not value.strip()]
    if missing and not sys.stdin.isatty():
        told = ", ".join(f"--{option}" for option in missing)
        raise WrongUsage(f"Ange också {told}. I en terminal frågar kommandot om det som saknas.")
    return {**given, **{option: click.prompt(_QUESTIONS[option], type=str) for option in missing}}


@cli.command("new-year", cls=SwedishCommand)
@click.argument("year", type=YEAR, metavar="ÅR")
@option_data
def new_year(year: int, data: Path | None) -> None:
    """Förbered ett år: arbetsböcker att fylla i, mål att sätta och rubriker att skriva under.

    Det som redan finns lämnas orört, så kommandot kan köras igen.

    Exempel: asf-analysis new-year 2020
    """
    folder = find_data(data)
    from asf_analysis.preparation import prepare_year, told_preparation

    click.echo(told_preparation(prepare_year(folder, year), folder, _data_option(data)), nl=False)


@cli.command(cls=SwedishCommand)
@click.argument("year", type=YEAR, metavar="ÅR")
@click.option("--format", "form", type=OneOf(("table", "json")), default="table", help="Form. Förval: table.")
@option_data
@option_output
def status(year: int, form: str, data: Path | None, output: Path | None) -> None:
    """Visa var ett år står: vad som finns, vad som saknas, och vad som ska göras nu.

    Visar företagens namn, och är därför för internt bruk.

    Exempel: asf-analysis status 2020
    """
    folder = find_data(data)
    from asf_analysis.status import status_of, told_status

    place = (output or default_output(folder)).resolve()
    options = _data_option(data)
    more = f" --output {shlex.quote(str(output))}" if output else ""
    found = status_of(folder, year, place, date.today(), options=options, run_options=options + more)
    click.echo(told_status(found, form), nl=False)


@cli.command(cls=SwedishCommand)
@option_single
@option_span
@click.option(
    "--notebook",
    "names",
    multiple=True,
    metavar="NAMN",
    help="Anteckningsbok. Kan upprepas. Förval: alla för målgruppen.",
)
@click.option(
    "--format",
    "formats",
    type=Names(),
    multiple=True,
    help="html, pdf eller docx (Word), eller flera: html,pdf,docx. html görs alltid. Förval: html.",
)
@option_as_of
@click.option(
    "--municipality",
    "municipalities",
    multiple=True,
    metavar="KOMMUN",
    help="Gör rapporten för en kommun. Kan upprepas; alla ger en rapport för varje.",
)
@click.option(
    "--audience",
    "audiences",
    type=OneOf(("public", "internal")),
    multiple=True,
    help="public (det som får spridas) eller internal. Kan upprepas. Förval: public.",
)
@option_data
@option_output
@click.option("--workers", type=Count(), help="Så många rapporter görs samtidigt. Förval: datorns kärnor.")
@click.option(
    "--cluster",
    metavar="ADRESS",
    default="",
    help="Låt en Dask-schemaläggares arbetare göra rapporterna, till exempel tcp://192.0.2.10:8786.",
)
@click.option("--force", is_flag=True, help="Gör också de rapporter där ingenting har ändrats.")
@click.option("--wait", is_flag=True, help="Vänta om en annan körning pågår i samma mapp.")
@click.option("--quiet", is_flag=True, help="Skriv bara det som gick fel.")
@click.option("--log", is_flag=True, help="Skriv också i loggen, output/log/asf-analysis.log.")
def run(
    single: tuple[int, ...],
    span: tuple[int, ...] | None,
    names: tuple[str, ...],
    formats: tuple[tuple[str, ...], ...],
    as_of: str,
    municipalities: tuple[str, ...],
    audiences: tuple[Audience, ...],
    data: Path | None,
    output: Path | None,
    workers: int | None,
    cluster: str,
    force: bool,
    wait: bool,
    quiet: bool,
    log: bool,
) -> None:
    """Gör rapporter för ett eller flera år.

    Bara det som har ändrats görs om. Slutar med 0 när alla rapporter är gjorda eller oförändrade, 1 vid fel i
    underlaget eller i en rapport, 2 vid fel i kommandot, 75 när en annan körning pågår, och 130 eller
    143 när den avbryts.

    Exempel: asf-analysis run --years 2016-2019 --format html,pdf,docx
    """
    years = sorted({*single, *(span or ())})
    if not years:
        raise WrongUsage("Ange ett år med --year 2018, eller flera med --years 2016-2019.")
    if cluster and workers:
        raise WrongUsage("Ta bort --workers: klustret bestämmer hur många rapporter som görs samtidigt.")
    from asf_analysis.reports.formats import find_formats
    from asf_analysis.reports.progress import told_by
    from asf_analysis.reports.requests import requests_for_all
    from asf_analysis.reports.run import run_reports
    from asf_analysis.reports.run.ways import by_address, processes

    wanted = find_formats([name for some in formats for name in some])
    folder = find_data(data)
    place = (output or default_output(folder)).resolve()
    requests = requests_for_all(years, names, audiences or ("public",), folder, wanted, as_of, municipalities)
    way = by_address(cluster) if cluster else processes(workers or os.cpu_count() or 1)
    with told_by(quiet, log_file(place) if log else None) as progress:
        done = run_reports(requests, folder, place, way, progress, force=force, wait=wait)
        progress.finish(done.rows, [str(error) for error in done.errors])
    sys.exit(done.exit_code)


@cli.command(cls=SwedishCommand)
@option_year
@option_format
@option_data
def check(year: int, form: str, data: Path | None) -> None:
    """Läs och kontrollera ett års underlag utan att skriva något.

    Exempel: asf-analysis check --year 2018
    """
    from asf_analysis.pipeline import inspect
    from asf_analysis.presentation.printing import print_faults

    faults = inspect(year, find_data(data))
    print_faults(faults, form)
    if any(fault.severity == "fel" for fault in faults):
        sys.exit(1)


@cli.command(cls=SwedishCommand)
@option_year
@option_format
@option_data
def log(year: int, form: str, data: Path | None) -> None:
    """Visa städloggen: varje cell som städningen ändrade, tvekade om eller inte godtog.

    Loggen visar vad som stod i filerna, och är därför för internt bruk.

    Exempel: asf-analysis log --year 2018 --format csv
    """
    from asf_analysis.pipeline import cleaning_log
    from asf_analysis.presentation.printing import print_log

    print_log(cleaning_log(year, data), form)


@cli.command(cls=SwedishCommand)
@option_year
@option_as_of
@option_format
@option_audience
@option_data
def kpis(year: int, as_of: str, form: str, audience: Audience, data: Path | None) -> None:
    """Visa ett års nyckeltal: utgångsläge, mål, resultat och status.

    Exempel: asf-analysis kpis --year 2018 --format json
    """
    from asf_analysis.pipeline import load
    from asf_analysis.presentation.printing import print_kpis

    print_kpis(load(year, audience, data, as_of=as_of), form)


@cli.command(cls=SwedishCommand)
@click.argument("year", type=YEAR, metavar="ÅR")
@click.option(
    "--with",
    "edition",
    metavar="UTGÅVA",
    default="",
    help="Utgåvan att jämföra med: en mapp i output/archive/ÅR. Förval: den närmast före.",
)
@option_audience
@option_format
@option_data
@click.option(
    "--output", type=FOLDER, metavar="MAPP", help="Mappen med dokument. Förval: output/ bredvid data/."
)
def diff(
    year: int, edition: str, audience: Audience, form: str, data: Path | None, output: Path | None
) -> None:
    """Jämför årets utgåva med en tidigare: nyckeltal för nyckeltal, och vad i underlaget som har ändrats.

    Exempel: asf-analysis diff 2018
    """
    from asf_analysis.reports.differences import compare_editions, told_differences

    place = output.resolve() if output else default_output(find_data(data))
    click.echo(told_differences(compare_editions(place, year, audience, edition), form), nl=False)


@cli.command(cls=SwedishCommand)
@click.argument("folder", type=FOLDER, metavar="MAPP")
@click.option(
    "--threshold",
    type=Count(),
    help="Minsta grupp som får redovisas. Förval: den som mappen själv anger, annars 5.",
)
@click.option(
    "--before", type=FOLDER, metavar="MAPP", help="En tidigare utgåva av samma mapp, som läsare kan ha kvar."
)
def audit(folder: Path, threshold: int | None, before: Path | None) -> None:
    """Granska en publicerad mapp: går det att räkna ut det som inte redovisas?

    Läser sidorna och de öppna data som en utomstående, tillsammans med åren före och efter där de ligger
    bredvid. Slutar med 1 om något går att räkna ut.

    Exempel: asf-analysis audit output/2018
    """
    place, earlier = find_published(folder), find_published(before) if before else None
    from asf_analysis.disclosure.audit import audit_folder, told_audit

    found = audit_folder(place, threshold, earlier, years_beside(place))
    click.echo(told_audit(found, folder))
    if not found.passed:
        sys.exit(1)


@cli.command(cls=SwedishCommand)
@click.argument("file", type=FOLDER, metavar="FIL")
@click.option("--year", type=YEAR, help="Året som rapporten gäller. Förval: det som den själv säger.")
@click.option("--write", is_flag=True, help="Skriv published/ÅR.csv i datamappen, om den inte finns.")
@option_format
@option_data
def read_report(file: Path, year: int | None, write: bool, form: str, data: Path | None) -> None:
    """Läs mål och resultat ur en skriven årsrapport: text, Word, PDF eller HTML.

    Visar vad som hittades och var i texten det står, och det som är osäkert. Det osäkra tas inte med.

    Exempel: asf-analysis read-report arsrapport-2018.pdf
    """
    from asf_analysis.association import load_association
    from asf_analysis.kpis import INDICATORS
    from asf_analysis.kpis.own import every_kpi
    from asf_analysis.presentation.printing import print_reading
    from asf_analysis.written.found import read_report as read
    from asf_analysis.written.published import differences, write_published

    folder = find_data(data)
    association = load_association(folder)
    kpis = (*every_kpi(association), *INDICATORS)
    reading = read(file, association, kpis, year)
    print_reading(reading, form, () if write else differences(reading, folder))
    if write:
        click.echo(f"Skriven: {write_published(reading, folder)}", err=True)


@cli.command(cls=SwedishCommand)
@click.option("--output", type=FOLDER, metavar="MAPP", required=True, help="Datamapp att skriva i.")
@click.option("--years", "span", type=Years(), default=(2016, 2017, 2018, 2019), help="Förval: 2016-2019.")
@click.option(
    "--scale", type=Count(), default=1, help="Så många gånger fler företag och insatser. Förval: 1."
)
@click.option(
    "--format",
    "form",
    type=OneOf(("xlsx", "csv")),
    default="xlsx",
    help="xlsx eller csv; csv går fortare för stora mängder. Förval: xlsx.",
)
def demo(output: Path, span: tuple[int, ...], scale: int, form: Form) -> None:
    """Skriv påhittad demonstrationsdata.

    Exempel: asf-analysis demo --output /tmp/demo, och sedan asf-analysis run --year 2018 --data /tmp/demo
    """
    from asf_analysis.demonstration import write_demonstration

    written = write_demonstration(output.resolve(), span, scale, copy_from=_own_data(), form=form)
    click.echo(f"{len(written)} filer skrivna i {output}")


def _own_data() -> Path | None:
    """Give the nearest data folder, where there is one."""
    try:
        return find_data().root
    except MissingProject:
        return None


@cli.command(cls=SwedishCommand)
@click.argument("system", type=OneOf(("cron", "systemd", "windows")), metavar="cron|systemd|windows")
@option_single
@option_span
@click.option(
    "--at", "time", type=TimeOfDay(), default=(3, 30), help="Klockslaget, till exempel 22:15. Förval: 03:30."
)
@click.option(
    "--every",
    type=OneOf(("day", "week", "month")),
    default="day",
    help="day (varje dag), week (varje måndag) eller month (den 1 varje månad). Förval: day.",
)
@click.option("--notebook", "names", multiple=True, metavar="NAMN", help="Som för run. Kan upprepas.")
@click.option("--format", "formats", type=Names(), multiple=True, help="Som för run.")
@click.option(
    "--audience",
    "audiences",
    type=OneOf(("public", "internal")),
    multiple=True,
    help="Som för run. Kan upprepas.",
)
@option_data
@option_output
def schedule(
    system: System,
    single: tuple[int, ...],
    span: tuple[int, ...] | None,
    time: tuple[int, int],
    every: Often,
    names: tuple[str, ...],
    formats: tuple[tuple[str, ...], ...],
    audiences: tuple[Audience, ...],
    data: Path | None,
    output: Path | None,
) -> None:
    """Visa det som ska stå i cron, systemd eller Windows för att rapporterna ska göras av sig själva.

    Skriver ingenting på datorn: texten säger själv var den ska stå.

    Exempel: asf-analysis schedule cron --years 2016-2019 --at 03:30
    """
    from asf_analysis.schedule import Schedule, entry_for, program, run_options

    years = (*single, *(span or ()))
    if not years:
        raise WrongUsage("Ange ett år med --year 2018, eller flera med --years 2016-2019.")
    wanted = list(dict.fromkeys(name for some in formats for name in some))
    folder = find_data(data)
    if names or wanted:
        _check_reports(names, wanted, audiences or ("public",))
    place = (output or default_output(folder)).resolve()
    options = run_options(years, audiences, names, wanted, folder.root.resolve(), place)
    planned = Schedule((*program(), *options), find_notebooks().parent, log_file(place), *time, every)
    click.echo(entry_for(system, planned), nl=False)


def _data_option(data: Path | None) -> str:
    """Write the option that finds the same data again, as it was given."""
    return f" --data {shlex.quote(str(data))}" if data else ""


def _check_reports(names: tuple[str, ...], formats: list[str], audiences: tuple[Audience, ...]) -> None:
    """Refuse now what would fail at night: a report or a format that does not exist or cannot be made."""
    from asf_analysis.reports.catalogue import check_made_for, find_report
    from asf_analysis.reports.formats import check_installed, find_formats

    for format in find_formats(formats):
        check_installed(format)
    for name in names:
        for audience in audiences:
            check_made_for(find_report(name), audience)


@cli.command(cls=SwedishCommand)
@option_data
def reference(data: Path | None) -> None:
    """Visa alla nyckeltal, kolumner och kontroller: vad som räknas, vad som ska stå var, och vad som är fel.

    Texten är Markdown, och står också i docs/referens.md.

    Exempel: asf-analysis reference > referens.md
    """
    from asf_analysis import reference as page

    click.echo(page.reference(find_data(data)), nl=False)


class _Stopped(BaseException):
    """Somebody asked the process to end: unlike what went wrong, no step of the work may handle it."""


def _stop(*_: int | FrameType | None) -> NoReturn:
    raise _Stopped


@contextmanager
def _stopped_when_asked() -> Iterator[None]:
    """Let SIGTERM end the work as Ctrl-C does: by an exception, so that what was begun is cleared away."""
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end_stopped(number: int) -> NoReturn:
    click.echo("Avbrutet.", err=True)
    sys.exit(128 + number)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line, and end with its exit code: 0, 1 for faults in data, 2 for wrong usage."""
    try:
        with _stopped_when_asked():
            cli.main(args=arguments, prog_name="asf-analysis", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
    except click.UsageError as error:
        help_hint = f"{error.ctx.command_path if error.ctx else 'asf-analysis'} --help"
        click.echo(f"Fel: {in_swedish(error)}\nHjälp: {help_hint}", err=True)
        sys.exit(2)
    except AsfError as error:
        click.echo(f"Fel: {error}", err=True)
        sys.exit(error.exit_code)
    except _Stopped:
        _end_stopped(signal.SIGTERM)
    except (click.Abort, KeyboardInterrupt):
        _end_stopped(signal.SIGINT)


if __name__ == "__main__":
    main()

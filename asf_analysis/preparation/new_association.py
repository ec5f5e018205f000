"""A folder for another association: who it is, and where its data goes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from asf_analysis.association import (
    AuthorityKey,
    County,
    Municipality,
    parse_association,
    swedish_counties,
    swedish_municipalities,
)
from asf_analysis.errors import WrongUsage
from asf_analysis.folders import DataFolder
from asf_analysis.kpis.population import COLUMNS as POPULATION_COLUMNS
from asf_analysis.kpis.targets import COLUMNS as TARGET_COLUMNS
from asf_analysis.preparation.assessment import ENCODING
from asf_analysis.preparation.placing import place_all
from asf_analysis.swedish.names import NameBook
from asf_analysis.swedish.writing import format_date, join_words

DATA = "data"
"""The folder of raw data in an association's own folder."""

AUTHORITIES: tuple[tuple[AuthorityKey, str], ...] = (
    ("employment_service", "Arbetsförmedlingen"),
    ("insurance_agency", "Försäkringskassan"),
    ("region", "{region}"),
    ("municipality", "Kommunen"),
    ("other", "Annan"),
)


@dataclass(frozen=True)
class NewAssociation:
    """What must be known of an association; what follows from its municipalities may be left out.

    `districts` are parts of a municipality, each as *stadsdel, kommun*.
    """

    name: str
    municipalities: tuple[str, ...]
    started_on: date
    contact: str
    accessibility_url: str
    districts: tuple[str, ...] = ()
    region: str = ""
    demonstration: bool = False


def found_municipalities(written: Sequence[str], districts: Sequence[str] = ()) -> tuple[Municipality, ...]:
    """Find Swedish municipalities by name or code, and districts by *stadsdel, kommun*, ordered by name.

    Raises WrongUsage with all that are not found, and what they are near to.

    >>> [one.code for one in found_municipalities(["Umeå kommun", "2404"], ["Hisingen, Göteborg"])]
    ['1480-1', '2480', '2404']
    """
    by_code = swedish_municipalities()
    codes = {name: code for code, name in by_code.items()}
    book = NameBook.of(tuple(codes), by_code, {})
    wrong: list[str] = []
    found: dict[str, Municipality] = {}
    for text in written:
        match = book.find(text)
        if match is None:
            wrong.append(f"{text!r} är ingen svensk kommun. Menade du {' eller '.join(book.nearest(text))}?")
        else:
            found[match.name] = Municipality(code=codes[match.name], name=match.name)
    for number, text in enumerate(districts, start=1):
        name, _, whole = text.rpartition(",")
        match = book.find(whole)
        if match is None or not name.strip():
            wrong.append(f"{text!r} är ingen stadsdel och kommun. Skriv till exempel 'Hisingen, Göteborg'.")
        else:
            found[text] = Municipality(code=f"{codes[match.name]}-{number}", name=name.strip())
    if wrong:
        raise WrongUsage("\n".join(wrong))
    if not found:
        raise WrongUsage("Ange minst en kommun med --municipality, till exempel --municipality Umeå.")
    return tuple(sorted(found.values(), key=lambda one: one.name))


def write_association(folder: Path, new: NewAssociation) -> tuple[Path, ...]:
    """Write an association's data folder, and give its files; a demonstration brings goals of its own.

    Nothing that is there is changed. Raises WrongUsage where the folder has an association already or a
    municipality is not found, DataFaults where something else that was told cannot be, UnwritableOutput.
    """
    data = DataFolder(folder / DATA)
    if data.association.exists():
        raise WrongUsage(
            f"{data.association} finns redan och är orörd. Ändra i den filen, eller välj en annan mapp."
        )
    municipalities = found_municipalities(new.municipalities, new.districts)
    text = association_text(new, municipalities)
    parse_association(text)
    files = {
        data.association: text.encode(),
        data.targets: f"{';'.join(TARGET_COLUMNS)}\r\n".encode(ENCODING),
        data.population: f"{','.join(POPULATION_COLUMNS)}\r\n".encode(ENCODING),
    }
    if new.demonstration:
        del files[data.targets]
    wanted = {path: content for path, content in files.items() if not path.exists()}
    place_all(wanted, {})
    return tuple(wanted)


def association_text(new: NewAssociation, municipalities: Sequence[Municipality]) -> str:
    """Write association.toml, with a comment in Swedish beside whatever is usually changed."""
    counties = _counties(municipalities)
    region = new.region or " och ".join(dict.fromkeys(county.region for county in counties))
    parts = [
        _HEAD.format(
            name=_quoted(new.name),
            county=_quoted(join_words([county.name for county in counties])),
            place=_place(new, municipalities),
            region=_quoted(region),
            demonstration=str(new.demonstration).lower(),
            started_on=new.started_on.isoformat(),
            period=_quoted(f"sedan {format_date(new.started_on)}"),
            contact=_quoted(new.contact),
            accessibility_url=_quoted(new.accessibility_url),
        ),
        *(_entry("parties", name=name) for name in ("Arbetsförmedlingen", "Försäkringskassan", region)),
        _AUTHORITIES,
        *(_entry("authorities", key=key, name=name.format(region=region)) for key, name in AUTHORITIES),
        _MUNICIPALITIES,
        *(_entry("municipalities", code=one.code, name=one.name) for one in municipalities),
    ]
    return "\n".join(parts)


def told_association(folder: Path, written: Sequence[Path]) -> str:
    """Tell in Swedish what was written, and what to do now."""
    data = folder / DATA
    lines = ["Förbundets mapp är klar.", "", "Skrivna filer:", *(f"  {path}" for path in written)]
    lines += [
        "",
        "Gör så här nu:",
        f"  1. Läs igenom {data / 'association.toml'} och skriv om texterna under [effort] med egna ord.",
        f"  2. Förbered året: asf-analysis new-year ÅR --data {data}",
        f"  3. Fyll i företagsregistret i {data / 'raw'}, och kör new-year igen.",
    ]
    return "\n".join(lines) + "\n"


def _counties(municipalities: Sequence[Municipality]) -> list[County]:
    known = swedish_counties()
    return [known[code] for code in sorted({one.county_code for one in municipalities})]


def _place(new: NewAssociation, municipalities: Sequence[Municipality]) -> str:
    """Name the place where it is not the county: a single municipality, or parts of one."""
    if len(municipalities) > 1 and not new.districts:
        return ""
    names = [one.name for one in municipalities]
    place = join_words(names) if new.districts else whole_name(names[0])
    return f"place_name = {_quoted(place)}   # så heter området i texterna: i …\n"


def whole_name(municipality: str) -> str:
    """Name a municipality in full, as most of them name themselves.

    >>> [whole_name(name) for name in ("Umeå", "Sundsvall", "Borås", "Kalmar")]
    ['Umeå kommun', 'Sundsvalls kommun', 'Borås kommun', 'Kalmar kommun']
    """
    without = municipality.endswith(tuple("aeiouyåäösxz")) or municipality == "Kalmar"
    return f"{municipality}{'' if without else 's'} kommun"


def _entry(table: str, **values: str) -> str:
    return f"[[{table}]]\n" + "".join(f"{key} = {_quoted(value)}\n" for key, value in values.items())


def _quoted(text: str) -> str:
    """Write a text as TOML does; its basic strings are those of JSON."""
    return json.dumps(text, ensure_ascii=False)


_HEAD = """\
# Vilka vi är. Allt som är vårt förbunds eget står här. Text står inom citattecken; det som
# står efter ett # är en förklaring och läses inte.

name = {name}
county = {county}
{place}# Kallas området något annat än länet, kommunen eller stadsdelen i texterna: area_word = "bygden"
region = {region}
demonstration = {demonstration}         # true: varje sida säger att siffrorna är påhittade
started_on = {started_on}       # insatsens första dag; ingen enkät väntas för ett kvartal före den
period = {period}   # fortsättning på: Insatsen pågår …
contact = {contact}
accessibility_url = {accessibility_url}   # tillgänglighetsredogörelsen (lagen 2018:1937)

[rules]
threshold = 5                 # personer: färre än så redovisas inte i publika uppdelningar (noll visas)
protection = 5                # personer: så nära får ett dolt antal som bäst gå att räkna ut
min_enterprises = 1           # så många företag ska minst stå bakom en uppgift om personer
largest_percent = 100         # så stor andel får ett enda företag ha av en uppgift; 100 är ingen gräns
near_target_percent = 90      # från så många procent av målet är det nära målet
approximate_percent = 10      # så långt från sanningen kan en uppgift med ca vara, åt båda hållen
response_percent = 80         # så många procent av företagen ska svara i varje omgång
share_base = 20               # en andel av färre än så sägs i antal, aldrig i procent

# Skriv om de här texterna med egna ord: de står i årsrapporten.
[effort]
title = "Insats för arbetsintegrerande sociala företag"
summary = "Förbundet stödjer arbetsintegrerande sociala företag, ASF, och följer varje år upp resultatet."
purpose = "Insatsen ska göra företagen kända hos förbundets parter och ge fler människor en väg till arbete."

[[effort.tracks]]
title = "Påverka strukturer"
text = "Spåret ska göra företagen kända hos parterna och bidra till stödstrukturer som håller."

[[effort.tracks]]
title = "Stödja individer"
text = "Spåret ska ge fler personer möjlighet till rehabilitering och arbetsträning hos företagen."

[[effort.target_groups]]
text = "Personer mellan 16 och 64 år som behöver stöd för att komma in på arbetsmarknaden."

[[effort.target_groups]]
text = "Politiker och tjänstemän hos förbundets parter."
"""

_AUTHORITIES = """\
# Myndigheter som placerar deltagare, i tabellernas ordning. Ändra namnen men inte key: de hör till kolumner.
"""

_MUNICIPALITIES = """\
# Kommunerna, med SCB:s kommunkod. En stadsdel har kommunens kod, bindestreck och ett eget nummer: 1480-1.
"""

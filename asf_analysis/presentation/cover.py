"""The cover: what the report is, of when, by whom, for whom, and the stamps that every page bears."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version

from asf_analysis.disclosure.municipalities import MunicipalityReport, require_municipalities
from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.disclosure.quality import DataQuality, require_quality
from asf_analysis.disclosure.trends import Trends, require_trends
from asf_analysis.kpis.reconciliation import differences
from asf_analysis.presentation.block import element, legible
from asf_analysis.presentation.notebook_style import notebook_style
from asf_analysis.presentation.series import years_in_words
from asf_analysis.presentation.values import NOTHING_SIGN, write_period
from asf_analysis.swedish.writing import format_date, format_number, join_words

__all__ = [
    "COVER_MIME",
    "Cover",
    "annual_report",
    "data_quality",
    "days_of_measurement",
    "gender_equality",
    "municipalities",
    "stamps",
    "trends",
]

COVER_MIME = "application/vnd.asf-analysis.cover+json"

DEMONSTRATION = "Demonstrationsdata: företag, organisationsnummer och svar är påhittade."
AS_PUBLISHED = "Summorna är desamma som i den årsredovisning som har publicerats."
INTERNAL = "Internt arbetsmaterial: får inte spridas."
NAMELESS = "Samordningsförbundet"
AUDIENCE_WORDS = {"public": "Offentlig", "internal": "Intern"}


@dataclass(frozen=True)
class Cover:
    """A report's cover, for the exporter as data and for JupyterLab as HTML."""

    title: str
    subtitle: str
    organisation: str
    description: str
    facts: tuple[tuple[str, str], ...]
    audience: str
    stamps: tuple[str, ...]
    contact: str
    accessibility_url: str
    version: str

    @property
    def html(self) -> str:
        """The cover where no template draws it."""
        facts = [element("div", element("dt", label), element("dd", value)) for label, value in self.facts]
        return element(
            "div",
            element("p", self.organisation),
            element("h1", self.title),
            element("p", self.subtitle),
            element("dl", *facts),
            *(element("p", element("strong", stamp)) for stamp in self.stamps),
            class_="cover",
        )

    @property
    def plain(self) -> str:
        """The cover as text."""
        facts = (f"{label}: {value}" for label, value in self.facts)
        return "\n".join([self.organisation, self.title, self.subtitle, *facts, *self.stamps])

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        data = asdict(self) | {"facts": [list(fact) for fact in self.facts], "stamps": list(self.stamps)}
        shown = notebook_style() + self.html
        return {COVER_MIME: data, "text/html": shown, "text/plain": legible(self.plain)}


def annual_report(report: Published, title: str | None = None) -> Cover:
    """Give the cover of a year's report."""
    published = require_published(report)
    association = published.association
    when = write_period(published.period)
    kind = "Årsrapport" if published.period.whole_year else "Delårsrapport"
    return _of_year(
        published,
        title=title or f"Arbetsintegrerande sociala företag {when}",
        subtitle=f"{kind}: mål, resultat och utveckling i {association.place}",
        description=(
            f"{association.name} redovisar mål och resultat för arbetsintegrerande sociala företag "
            f"i {association.place} {when}."
        ),
    )


def gender_equality(report: Published, title: str | None = None) -> Cover:
    """Give the cover of the report on equality."""
    published = require_published(report)
    association = published.association
    when = write_period(published.period)
    return _of_year(
        published,
        title=title or f"Jämställdhet {when}",
        subtitle=f"Kvinnor och män i arbetsintegrerande sociala företag i {association.place}",
        description=(
            f"{association.name} redovisar hur många kvinnor och män som arbetar och deltar i "
            f"arbetsintegrerande sociala företag i {association.place} {when}."
        ),
    )


def municipalities(report: MunicipalityReport, title: str | None = None) -> Cover:
    """Give the cover of the report on municipalities, or on one of them."""
    told = require_municipalities(report)
    published, association = told.current, told.association
    when, name = write_period(published.period), told.municipality
    whose = name or f"kommunerna i {association.place}"
    return _of_year(
        published,
        title=title or f"{name or 'Kommunerna'} {when}",
        subtitle=f"Arbetsintegrerande sociala företag i {whose}",
        description=(
            f"{association.name} redovisar arbetsintegrerande sociala företag, deltagare och samverkan "
            f"i {whose} {when}."
        ),
    )


def _of_year(published: Published, *, title: str, subtitle: str, description: str) -> Cover:
    """Give the cover of a report on a year's results."""
    association = published.association
    return Cover(
        title=title,
        subtitle=subtitle,
        organisation=association.name,
        description=description,
        facts=_facts(published),
        audience=published.audience,
        stamps=stamps(published),
        contact=association.contact,
        accessibility_url=association.accessibility_url,
        version=version("asf-analysis"),
    )


def data_quality(report: DataQuality) -> Cover:
    """Give the cover of the report on data quality; an association that cannot be read has no name."""
    quality = require_quality(report)
    association = quality.association
    demonstration = (DEMONSTRATION,) if association and association.demonstration else ()
    name = association.name if association else NAMELESS
    return Cover(
        title=f"Datakvalitet {quality.year}",
        subtitle="Vad som kom in, vad städningen ändrade och vad som behöver rättas",
        organisation=name,
        description=f"{name} granskar underlaget till årsrapporten {quality.year}.",
        facts=(
            ("Rapportår", str(quality.year)),
            ("Inlästa år", join_words([str(year) for year in quality.years])),
            ("Inlästa filer", format_number(quality.intake["file"].nunique())),
            ("Utgåva", AUDIENCE_WORDS[quality.audience]),
        ),
        audience=quality.audience,
        stamps=(*demonstration, INTERNAL),
        contact=association.contact if association else "",
        accessibility_url=association.accessibility_url if association else "",
        version=version("asf-analysis"),
    )


def trends(report: Trends) -> Cover:
    """Give the cover of the report on several years."""
    told = require_trends(report)
    last, association, years = told.current, told.association, years_in_words(told)
    return Cover(
        title=f"Utveckling över tid {years}",
        subtitle=f"Arbetsintegrerande sociala företag i {association.place}: mål, resultat och prognos",
        organisation=association.name,
        description=(
            f"{association.name} redovisar hur de arbetsintegrerande sociala företagen "
            f"i {association.place} har utvecklats {years}."
        ),
        facts=(
            ("År", years),
            ("Senaste period", write_period(last.period)),
            ("Utgåva", AUDIENCE_WORDS[told.audience]),
        ),
        audience=told.audience,
        stamps=stamps(last),
        contact=association.contact,
        accessibility_url=association.accessibility_url,
        version=version("asf-analysis"),
    )


def stamps(report: Published) -> tuple[str, ...]:
    """Give what every page must say of itself."""
    published = require_published(report)
    demonstration = (_demonstration(published),) if published.association.demonstration else ()
    return (*demonstration, INTERNAL) if published.audience == "internal" else demonstration


def _demonstration(report: Published) -> str:
    """Say that the data is invented, and that its sums were published where every one of them was."""
    told = [outcome for outcome in report.outcomes if outcome.published]
    agree = told and not any(differences(outcome) for outcome in told)
    return f"{DEMONSTRATION} {AS_PUBLISHED}" if agree else DEMONSTRATION


def _facts(report: Published) -> tuple[tuple[str, str], ...]:
    days = join_words([format_date(day) for day in days_of_measurement(report)])
    answers = _answering_enterprises(report)
    return (
        ("Period", write_period(report.period)),
        ("Mätdagar", days or NOTHING_SIGN),
        ("Svarande företag", f"{answers[0]} av {answers[1]}" if answers else NOTHING_SIGN),
        ("Utgåva", AUDIENCE_WORDS[report.audience]),
    )


def days_of_measurement(report: Published) -> list[date]:
    """Give the days on which stocks were counted, and those of the baselines."""
    stocks = [outcome for outcome in require_published(report).outcomes if outcome.kpi.kind == "stock"]
    if not stocks:
        return []
    baselines = {
        outcome.target.baseline_on for outcome in stocks if outcome.target and outcome.target.baseline_on
    }
    return sorted(baselines | {outcome.day for outcome in stocks})


def _answering_enterprises(report: Published) -> tuple[int, int] | None:
    """Give how many enterprises answered the period's last survey round, and how many were asked."""
    for outcome in report.outcomes:
        result = outcome.result
        if outcome.kpi.kind == "stock" and result.answered is not None and result.asked is not None:
            return result.answered, result.asked
    return None

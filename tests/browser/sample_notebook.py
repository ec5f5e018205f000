"""A made-up report with every kind of block that a notebook can hold, executed by nobody."""

from __future__ import annotations

import base64
import io

import nbformat
from matplotlib import rc_context
from matplotlib.figure import Figure
from nbformat import NotebookNode

from asf_analysis.reports.cover import COVER_MIME

COVER = {
    "title": "Årsrapport 2018: arbetsintegrerande sociala företag",
    "subtitle": "Mål, resultat och utveckling i länets tio kommuner",
    "organisation": "Samordningsförbundet Exempel",
    "description": "Förbundets årliga uppföljning av stödet till arbetsintegrerande sociala företag.",
    "facts": [
        ["Period", "1 januari–31 december 2018"],
        ["Mättillfällen", "kvartal 1 och kvartal 4"],
        ["Svarande företag", "27 av 28"],
    ],
    "audience": "internal",
    "stamps": ["Internt material", "Demonstrationsdata: siffrorna är påhittade"],
    "contact": "info@exempel.se",
    "accessibility_url": "https://exempel.se/tillganglighet",
    "version": "0.1.0",
}

STATUSES = {
    "reached": ("▲", "Uppnått"),
    "near": ("■", "Nära målet"),
    "missed": ("▼", "Ej uppnått"),
    "unknown": ("◆", "Kan ej bedömas"),
}

GOALS = [
    ("Aktiva företag", "25", "30", "28", "near"),
    ("Tillsvidareanställda", "190", "200", "209", "reached"),
    ("Deltagare i åtgärd", "150", "180", "199", "reached"),
    ("Informerade anställda hos parterna", "–", "300", "235", "missed"),
    ("Informerade politiker", "–", "250", "ca 75", "missed"),
    ("Samverkansgrupper med lokal förankring", "–", "–", "6", "unknown"),
]


def notebook() -> NotebookNode:
    """Give the report as a notebook that has been run."""
    cells = [
        _code("cover(published)", {COVER_MIME: COVER, "text/html": "<h1>ignoreras</h1>", "text/plain": "x"}),
        _markdown(
            "## Det viktigaste\n\nFler fick arbete och fler var i åtgärd än målet. Informationen till "
            "politiker och anställda nådde inte hela vägen.\n\n"
            "- Antalet **tillsvidareanställda** ökade från 190 till 209.\n"
            "- Sju kommuner finns i en stödstruktur.\n\n> Här får jag växa i min egen takt."
        ),
        _code("cards(published)", {"text/html": _cards()}),
        _markdown(
            "## Nådde vi målen?\n\nVarje mål i handlingsplanen, med utgångsläge och resultat. "
            "Läs mer i [lagen](https://www.riksdagen.se/)."
        ),
        _code("tables.targets(published)", {"text/html": _goals_table()}),
        _code(
            "figures.targets(published)", {"text/html": _chart("Två av fem mål nåddes", "Resultat i antal")}
        ),
        _markdown("## Vilka deltog?\n\n### Kvinnor och män\n\nKvinnor är i majoritet bland deltagarna."),
        _code("tables.by_municipality(published)", {"text/html": _wide_table()}),
        _markdown("### Över tid\n\n#### Anvisande myndighet\n\nArbetsförmedlingen anvisar flest."),
        _code(
            "figures.over_time(published)",
            {"text/html": _chart("Deltagarna har blivit fler varje år", "Antal personer")},
        ),
        _code(
            "assessment(published)",
            {"text/markdown": "Vi bedömer att arbetet <script>ger</script> resultat."},
        ),
        _markdown(
            "## Metod och arbetsmarknadspolitiska definitioner\n\nTabell: Källor\n\n"
            "| Källa | Rader |\n|---|---:|\n| Enkät | 55 |\n| Register | 31 |\n\n"
            "Deltagare\n: Personer i en åtgärd den sista dagen i perioden."
        ),
        _code("'text'", {"text/plain": "Bara text"}),
    ]
    return nbformat.v4.new_notebook(cells=cells)


def _markdown(source: str) -> NotebookNode:
    return nbformat.v4.new_markdown_cell(source)


def _code(source: str, data: dict[str, object]) -> NotebookNode:
    return nbformat.v4.new_code_cell(source, outputs=[nbformat.v4.new_output("display_data", data)])


def _status(key: str, element: str) -> str:
    symbol, word = STATUSES[key]
    return f'<{element} class="status {key}"><span aria-hidden="true">{symbol}</span> {word}</{element}>'


def _cards() -> str:
    cards = "".join(
        f'<li class="kpi-card {status}"><p class="kpi-label">{label}</p><p class="kpi-value">{result}</p>'
        f'<p class="kpi-compare">Mål {target}, utgångsläge {baseline}</p>{_status(status, "p")}</li>'
        for label, baseline, target, result, status in GOALS
    )
    return f'<ul class="kpi-cards">{cards}</ul>'


def _goals_table() -> str:
    rows = "".join(
        f'<tr><th scope="row">{label}</th><td class="number">{baseline}</td><td class="number">{target}</td>'
        f'<td class="number">{result}</td><td>{_status(status, "span")}</td></tr>'
        for label, baseline, target, result, status in GOALS
    )
    heads = '<th class="number">Utgångsläge</th><th class="number">Mål</th><th class="number">Resultat</th>'
    return (
        f'<table class="data goals"><caption>Målen för 2018 och vad det blev</caption><thead><tr>'
        f"<th>Mål</th>{heads}<th>Måluppfyllelse</th></tr></thead><tbody>{rows}</tbody></table>"
        '<p class="source">Källa: förbundets enkät och register.</p>'
        '<p class="note">Nära målet betyder minst 90 procent av målet.</p>'
    )


def _wide_table() -> str:
    names = ["Bollnäs", "Gävle", "Hofors", "Hudiksvall", "Ljusdal", "Nordanstig", "Ockelbo", "Sandviken"]
    cells = "".join(f'<td class="number">{number}</td>' for number in ("12", "..", "24", "8", "..", "1 234"))
    rows = "".join(f"<tr><td>{name}</td>{cells}</tr>" for name in [*names, "Totalt"])
    heads = "<th>Kvinnor</th><th>Män</th><th>Totalt</th>".replace("<th>", '<th class="number">')
    return (
        '<table class="data"><caption>Anställda och deltagare efter kommun</caption><thead>'
        '<tr><td></td><th colspan="3">Anställda</th><th colspan="3">Deltagare</th></tr>'
        f"<tr><th>Kommun</th>{heads}{heads}</tr></thead><tbody>{rows}</tbody></table>"
        '<p class="note">Uppgifter om en till fyra personer redovisas inte.</p>'
    )


def _chart(title: str, subtitle: str) -> str:
    encoded = base64.b64encode(_svg().encode()).decode()
    rows = "".join(
        f'<tr><th scope="row">{year}</th><td class="number">{count}</td></tr>'
        for year, count in ((2016, 121), (2017, 150), (2018, 199))
    )
    return (
        f'<figure class="chart"><figcaption><span class="chart-title">{title}</span>'
        f'<span class="chart-subtitle">{subtitle}</span></figcaption><div class="chart-frame">'
        f'<img src="data:image/svg+xml;base64,{encoded}" alt="Stapeldiagram: från 121 till 199." width="672" '
        'height="300"></div><p class="source">Källa: förbundets enkät.</p>'
        f'<details><summary>Visa data som tabell</summary><table class="data"><caption>{title}</caption>'
        '<thead><tr><th scope="col">År</th><th scope="col" class="number">Antal</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></details></figure>"
    )


def _svg() -> str:
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "sample", "font.family": "Liberation Sans"}):
        figure = Figure(figsize=(7, 3.1), layout="constrained")
        axes = figure.subplots()
        axes.barh(["2018", "2017", "2016"], [199, 150, 121], color=["#12436D", "#8fa9bf", "#8fa9bf"])
        axes.spines[["top", "right"]].set_visible(False)
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()

"""Tables and cards show what was published, escaped, with units, signs and notes."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from published_sample import (
    ACTIVE,
    ASSOCIATION,
    COUNCIL,
    PARTICIPANTS,
    POLITICIANS,
    RULES,
    TRAININGS,
    WITHHELD_NUMBER,
    make_kpi,
    make_milestone,
    make_outcome,
    make_report,
    table_of_people,
)
from quality_sample import is_of_quality, takes_another_report

from asf_analysis.disclosure.published import Published
from asf_analysis.errors import UnknownName
from asf_analysis.kpis.contradictions import Contradiction
from asf_analysis.kpis.outcomes import PublishedFigure
from asf_analysis.kpis.registry import NOT_KNOWN, Result
from asf_analysis.presentation import block, cover, sentences, tables
from asf_analysis.presentation.block import Block
from asf_analysis.presentation.notebook_style import notebook_style
from asf_analysis.presentation.tables.notes import told_answers, why_withheld

TABLES = (
    tables.kpi_cards,
    tables.goals,
    tables.lectures,
    tables.reconciliation,
    tables.contradictions,
    tables.definitions,
    tables.coverage,
)
OF_SUPPORT = ("indicators", "meetings", "reach")
"""Tables of what a small sample lacks; test_support_words tries them."""
HOSTILE = "<script>alert(1)</script>\"'&\x00\u202e"


def cells(shown: Block) -> list[list[str]]:
    """Give the texts of a table's rows, headings included."""
    soup = BeautifulSoup(shown.html, "html.parser")
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in soup.find_all("tr")]


def row_of(shown: Block, heading: str) -> list[str]:
    return next(row for row in cells(shown) if row[0].startswith(heading))


def notes(shown: Block) -> list[str]:
    return [note.get_text() for note in BeautifulSoup(shown.html, "html.parser").select("p.note")]


def test_no_table_is_left_out_of_these_tests():
    of_quality = {name for name in tables.__all__ if is_of_quality(getattr(tables, name))}
    of_others = {name for name in tables.__all__ if takes_another_report(getattr(tables, name))}
    others = {"balance", "breakdown", "panel", "rates", "sizes", *OF_SUPPORT} | of_quality | of_others
    assert {table.__name__ for table in TABLES} | others == set(tables.__all__)


def test_a_goal_shows_baseline_target_result_fulfilment_change_and_status():
    shown = tables.goals(make_report())
    assert row_of(shown, "Aktivt verksamma ASF") == [
        "Aktivt verksamma ASF (företag)", "25", "30", "28", "93", "60", "■ Nära målet",
    ]  # fmt: skip


def test_what_is_computed_from_an_approximate_figure_is_approximate():
    assert row_of(tables.goals(make_report()), "Politiker")[1:] == [
        "–",
        "250",
        "ca 75",
        "ca 30",
        "–",
        "▼ Ej uppnått",
    ]


def test_a_milestone_is_answered_with_yes_or_no():
    assert row_of(tables.goals(make_report()), "Länsövergripande")[1:] == [
        "–",
        "Ja",
        "Nej",
        "–",
        "–",
        "▼ Ej uppnått",
    ]


def test_a_kpi_without_target_is_shown_after_the_goals():
    rows = cells(tables.goals(make_report()))
    assert [row[-1] for row in rows[-4:]] == ["– Inget mål"] * 4


def test_a_kpi_that_somebody_adds_is_in_cards_table_and_definitions():
    added = make_kpi("added", "Helt nytt nyckeltal", "möten", plural="möten")
    report = make_report([make_outcome(added, Result(1234), target=1000)])
    assert row_of(tables.goals(report), "Helt nytt nyckeltal (möten)")[2:5] == [
        "1\u00a0000",
        "1\u00a0234",
        "123",
    ]
    assert "Helt nytt nyckeltal" in tables.kpi_cards(report).html
    assert row_of(tables.definitions(report), "Helt nytt")[1:4] == [
        "Så räknas helt nytt nyckeltal.", "Flöde under perioden", "möten",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "written"),
    [(269, "89,7"), (270, "90"), (299, "99,7"), (300, "100"), (301, "100")],
)
def test_rounding_never_lifts_a_fulfilment_over_a_limit(amount, written):
    report = make_report([make_outcome(ACTIVE, Result(amount), target=300)])
    assert row_of(tables.goals(report), "Aktivt")[4] == written


def test_the_near_limit_and_ca_are_explained_where_they_are_used():
    told = " ".join(notes(tables.goals(make_report())))
    assert "minst 90 procent av målet" in told
    assert "ca: uppgiften är ungefärlig" in told


def test_what_is_not_used_is_not_explained():
    told = " ".join(notes(tables.goals(make_report([make_outcome(TRAININGS, Result(3))]))))
    assert "Nära målet" not in told
    assert "ca:" not in told
    assert "Milstolpar" not in told


def test_warnings_and_carried_answers_stand_under_the_table():
    told = notes(tables.goals(make_report()))
    assert "Tillsvidareanställda i verksamma ASF: Definitionerna skiljer sig åt." in told
    assert any(
        "svar från 27 av 28 företag. För ett företag används svaret från förra omgången." in note
        for note in told
    )


def test_what_is_true_of_several_kpis_is_said_once():
    told = [note for note in notes(tables.goals(make_report())) if "27 av 28" in note]
    assert len(told) == 1
    assert told[0].startswith("Tillsvidareanställda i verksamma ASF och deltagare i åtgärd i verksamma ASF: ")


def test_what_is_needed_most_stands_first_and_the_signs_last():
    unknown = make_outcome(POLITICIANS, Result(75, low=67.5, high=82.5), target=80)
    warned = make_outcome(PARTICIPANTS, Result(9, answered=3, asked=3), target=5, warnings=("Se upp.",))
    assert notes(tables.goals(make_report([warned, unknown, make_milestone(COUNCIL, reached=None)]))) == [
        "Politiker som fått information om ASF kan inte bedömas: "
        "den ungefärliga uppgiften kan ligga på båda sidor om en gräns.",
        "Länsövergripande råd eller akademi för ASF kan inte bedömas: ingen bedömning är skriven.",
        "Deltagare i åtgärd i verksamma ASF: Se upp.",
        "Deltagare i åtgärd i verksamma ASF: Uppgiften bygger på svar från alla tre företag.",
        "ca: uppgiften är ungefärlig och kan avvika 10 procent åt vardera hållet, om inget annat är angivet. "
        "Milstolpar har inget tal: de har nåtts (ja) eller inte (nej).",
        "I tabellen betyder – att det inte finns något att visa, och . att uppgift saknas.",
    ]


def test_kpis_of_the_same_name_keep_their_own_notes():
    outcomes = [
        make_outcome(replace(ACTIVE, key=key), Result(3), warnings=(f"Se {key}.",)) for key in ("upp", "ut")
    ]
    assert notes(tables.goals(make_report(outcomes)))[:2] == [
        "Aktivt verksamma ASF: Se upp.",
        "Aktivt verksamma ASF: Se ut.",
    ]


def test_every_source_is_named_once():
    outcomes = [
        make_outcome(replace(kpi, source=source), Result(3), target=2)
        for kpi, source in ((ACTIVE, "Registret"), (POLITICIANS, "Enkäten; Registret"))
    ]
    assert "Källa: Registret och Enkäten." in tables.goals(make_report(outcomes)).html


def test_why_a_goal_cannot_be_judged_stands_under_the_table():
    report = make_report([make_outcome(POLITICIANS, Result(75, low=67.5, high=82.5), target=80)])
    assert row_of(tables.goals(report), "Politiker")[-1] == "○ Kan ej bedömas"
    assert any("kan inte bedömas: den ungefärliga uppgiften" in note for note in notes(tables.goals(report)))


def test_zero_missing_and_nothing_are_written_in_three_ways():
    none_active = make_outcome(ACTIVE, Result(0), target=30, baseline=0)
    unknown = make_outcome(POLITICIANS, NOT_KNOWN)
    shown = tables.goals(make_report([none_active, unknown]))
    assert row_of(shown, "Aktivt")[1:5] == ["0", "30", "0", "0"]
    assert row_of(shown, "Politiker")[1:4] == ["–", "–", "."]


@pytest.mark.parametrize(
    ("outcome", "card", "symbol", "word"),
    [
        (make_outcome(ACTIVE, Result(30), target=30), "reached", "▲", "Uppnått"),
        (make_outcome(ACTIVE, Result(28), target=30), "near", "■", "Nära målet"),
        (make_outcome(ACTIVE, Result(3), target=30), "missed", "▼", "Ej uppnått"),
        (make_outcome(ACTIVE, Result(30, low=27, high=33), target=30), "unknown", "○", "Kan ej bedömas"),
        (make_outcome(ACTIVE, Result(30)), "unknown", "–", "Inget mål"),
        (make_milestone(COUNCIL, reached=None), "unknown", "○", "Kan ej bedömas"),
    ],
)
def test_a_card_tells_its_status_by_class_symbol_and_word(outcome, card, symbol, word):
    item = BeautifulSoup(tables.kpi_cards(make_report([outcome])).html, "html.parser").select_one(
        "li.kpi-card"
    )
    assert card in item["class"]
    assert item.select_one("p.status span[aria-hidden=true]").get_text() == symbol
    assert item.select_one("p.status").get_text() == f"{symbol} {word}"


def test_a_card_compares_with_target_and_baseline():
    html = tables.kpi_cards(
        make_report([make_outcome(POLITICIANS, Result(75, low=67.5, high=82.5), target=250)])
    ).html
    assert '<p class="kpi-value">ca 75</p><p class="kpi-compare">Mål 250</p>' in html


def test_a_breakdown_of_people_shows_women_men_total_and_womens_share():
    shown = tables.breakdown(make_report(), "participants_by_municipality")
    assert cells(shown)[0] == ["Kommun", "Personer", "Andel kvinnor (%)"]
    assert cells(shown)[1] == ["Kvinnor", "Män", "Totalt"]
    assert row_of(shown, "Bollnäs") == ["Bollnäs", "14", "9", "23", "61"]
    assert row_of(shown, "Ovanåker") == ["Ovanåker", "0", "0", "0", "–"]
    assert row_of(shown, "Nordanstig") == ["Nordanstig", "..", "..", "..", ".."]
    assert row_of(shown, "Totalt") == ["Totalt", "118", "81", "199", "59"]


def test_the_note_under_a_breakdown_tells_the_threshold():
    assert any(
        "1–4 personer" in note
        for note in notes(tables.breakdown(make_report(), "participants_by_municipality"))
    )


def test_a_breakdown_that_shows_everything_has_no_note():
    report = make_report(tables=[table_of_people({"Gävle": (31, 25)})])
    assert notes(tables.breakdown(report, "participants_by_municipality")) == []


def test_a_missing_figure_is_a_point_and_is_explained():
    shown = tables.breakdown(
        make_report(tables=[table_of_people({"Gävle": (31, None)})]), "participants_by_municipality"
    )
    assert row_of(shown, "Gävle") == ["Gävle", "31", ".", ".", "."]
    assert notes(shown) == [". betyder att uppgift saknas."]


def test_a_withheld_baseline_is_not_said_to_differ_from_what_was_published():
    told = PublishedFigure(baseline=150, result=199, source="Årsredovisningen")
    outcome = make_outcome(PARTICIPANTS, Result(199), published=told)
    withheld = replace(outcome, baseline=Result(None, withheld=True))
    shown = tables.reconciliation(make_report([withheld])).plain
    assert "utgångsläge" not in shown.partition("Jämförelse")[2]
    assert "utgångsläge" in tables.reconciliation(make_report([outcome])).plain.partition("Jämförelse")[2]


def test_a_withheld_number_is_in_no_output():
    report = make_report()
    shown = tables.breakdown(report, "participants_by_municipality")
    assert str(WITHHELD_NUMBER) not in shown.html.replace("\u00a0", "")
    assert str(WITHHELD_NUMBER) not in shown.plain.replace("\u00a0", "")


@pytest.mark.parametrize(
    ("threshold", "enterprises", "told"),
    [
        (5, 1, "Grupper med 1–4 personer skyddas"),
        (2, 1, "Grupper med en person skyddas"),
        (5, 3, "Grupper med 1–4 personer eller färre än tre företag bakom uppgiften skyddas"),
        (1, 1, ""),
    ],
)
def test_why_figures_are_withheld_follows_the_configuration(threshold, enterprises, told):
    rules = RULES.model_copy(update={"threshold": threshold, "min_enterprises": enterprises})
    assert why_withheld(rules).startswith(told)
    assert bool(why_withheld(rules)) is bool(told)


def test_months_are_named_and_columns_share_the_heading_of_their_unit():
    shown = tables.breakdown(make_report(), "activities_by_month")
    assert cells(shown)[0] == ["Månad", "Insatser"]
    assert row_of(shown, "Oktober")[-1] == "9"
    assert row_of(shown, "Totalt")[-1] == "63"


def test_every_heading_has_a_scope_and_every_table_a_caption():
    report = make_report()
    for shown in [*(show(report) for show in TABLES[1:]), tables.breakdown(report, "activities_by_month")]:
        soup = BeautifulSoup(shown.html, "html.parser")
        assert soup.table.caption.get_text()
        assert all(heading["scope"] in ("col", "row", "colgroup") for heading in soup.find_all("th"))


def test_nothing_carries_a_style_or_a_script_and_no_id_but_those_of_definitions():
    report = make_report()
    for show in TABLES:
        soup = BeautifulSoup(show(report).html, "html.parser")
        assert not soup.find_all(lambda tag: tag.name == "script" or tag.has_attr("style"))
        assert bool(soup.find_all(id=True)) == (show is tables.definitions)


def test_a_published_figure_that_differs_is_told():
    rows = tables.reconciliation(make_report())
    assert row_of(rows, "Politiker")[-1] == "Stämmer"
    assert row_of(rows, "Aktivt") == [
        "Aktivt verksamma ASF",
        "25",
        "25",
        "30",
        "30",
        "28",
        "27",
        "Avviker (resultat)",
    ]


def test_a_published_milestone_is_compared_by_its_status():
    outcome = replace(make_milestone(COUNCIL, reached=True), published=PublishedFigure(status="ej uppnått"))
    assert row_of(tables.reconciliation(make_report([outcome])), "Länsövergripande")[-3:] == [
        "Uppnått", "Ej uppnått", "Avviker (status)",
    ]  # fmt: skip


def test_what_is_not_there_is_said_in_words():
    report = make_report([make_outcome(TRAININGS, Result(3))], lectures=())
    assert tables.lectures(report).plain == "Inga föreläsningar hölls utanför länet under 2018."
    assert tables.reconciliation(report).plain.startswith("Inga tidigare publicerade uppgifter")
    assert tables.coverage(report).plain == "Inga uppgifter för 2018 kommer från enkäten."


def test_coverage_counts_answers_and_what_was_carried_forward():
    assert row_of(tables.coverage(make_report()), "Deltagare")[1:] == ["27", "28", "1", "96", "–"]


@pytest.mark.parametrize(
    ("result", "told"),
    [
        (Result(199, answered=28, asked=28), "Uppgiften bygger på svar från alla 28 företag."),
        (Result(199, answered=26, asked=28, carried=1), "Svar saknas från ett företag, som inte räknas med."),
        (Result(199, answered=20, asked=28, carried=2), "Svar saknas från sex företag, som inte räknas med."),
        (Result(None, answered=0, asked=19), "Inget av de 19 företagen har svarat."),
        (Result(199), ""),
    ],
)
def test_answers_are_told_with_what_became_of_the_others(result, told):
    assert told_answers(result).endswith(told)


def test_an_unknown_table_is_refused_with_those_that_exist():
    with pytest.raises(UnknownName, match="participants_by_municipality"):
        tables.breakdown(make_report(), "deltagare")


def hostile_report() -> Published:
    kpi = replace(PARTICIPANTS, key="hostile", label=HOSTILE, unit=HOSTILE, formula=HOSTILE, source=HOSTILE)
    outcome = make_outcome(
        kpi, Result(5), target=4, published=PublishedFigure(result=4, source=HOSTILE), warnings=(HOSTILE,)
    )
    table = replace(
        table_of_people({HOSTILE: (7, 9), "Gävle": (5, 5)}), title=HOSTILE, rows_label=HOSTILE, source=HOSTILE
    )
    told = Contradiction("sum", 2018, HOSTILE, HOSTILE, 2.0, counted_from=HOSTILE, source=HOSTILE)
    return make_report([outcome], [table], lectures=((HOSTILE, HOSTILE),), contradictions=(told,))


def test_hostile_texts_come_out_escaped_and_legible():
    report = hostile_report()
    shown = [*(show(report) for show in TABLES[:5]), tables.breakdown(report, "participants_by_municipality")]
    shown += [sentences.kpi(report, "hostile"), sentences.goals(report), sentences.lectures(report)]
    for piece in shown:
        assert "<script" not in piece.html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in piece.html
        assert "\x00" not in piece.html + piece.plain
        assert "\u202e" not in piece.html + piece.plain


def test_an_element_escapes_text_and_attributes_but_not_elements():
    made = block.element("p", "<b>", block.element("i", "&"), title='"', class_="note", lang=None)
    assert made == '<p title="&quot;" class="note">&lt;b&gt;<i>&amp;</i></p>'


def test_a_block_shows_itself_as_html_and_as_text():
    assert block.Block("<p>a</p>", "a")._repr_mimebundle_(include=None, exclude=None) == {
        "text/html": f"{notebook_style()}<p>a</p>",
        "text/plain": "a",
    }


def test_the_cover_tells_period_days_answers_and_edition():
    data = cover.annual_report(make_report())._repr_mimebundle_()[cover.COVER_MIME]
    assert data["facts"] == [
        ["Period", "2018"],
        ["Mätdagar", "1 januari 2018 och 31 december 2018"],
        ["Svarande företag", "27 av 28"],
        ["Utgåva", "Offentlig"],
    ]
    assert data["title"] == "Arbetsintegrerande sociala företag 2018"
    assert (
        cover.annual_report(make_report(), title="Halvåret")._repr_mimebundle_()[cover.COVER_MIME]["title"]
        == "Halvåret"
    )


@pytest.mark.parametrize(
    ("demonstration", "audience", "starts"),
    [
        (True, "public", ["Demonstrationsdata"]),
        (True, "internal", ["Demonstrationsdata", "Internt arbetsmaterial"]),
        (False, "internal", ["Internt arbetsmaterial"]),
        (False, "public", []),
    ],
)
def test_the_cover_is_stamped_for_demonstration_data_and_for_internal_use(demonstration, audience, starts):
    association = ASSOCIATION.model_copy(update={"demonstration": demonstration})
    stamps = cover.stamps(make_report(audience=audience, association=association))
    assert [stamp.partition(":")[0] for stamp in stamps] == starts


def test_the_cover_shows_itself_without_a_template():
    bundle = cover.annual_report(make_report())._repr_mimebundle_()
    assert "<h1>Arbetsintegrerande sociala företag 2018</h1>" in bundle["text/html"]
    assert "Demonstrationsdata" in bundle["text/plain"]


@pytest.mark.parametrize(
    ("published", "told"),
    [(PublishedFigure(result=28, baseline=25), True), (PublishedFigure(result=27), False), (None, False)],
)
def test_the_stamp_says_that_sums_were_published_only_where_they_were(published, told):
    report = make_report([make_outcome(ACTIVE, Result(28), target=30, baseline=25, published=published)])
    assert any("desamma" in stamp for stamp in cover.stamps(report)) is told

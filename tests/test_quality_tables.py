"""What the page of data quality shows: where all is well, where much is wrong, where nothing can be read."""

import base64
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from published_sample import make_report
from quality_sample import (
    CHANGE,
    FAULTS,
    INTAKE,
    LOG,
    NO_BLANKS,
    NOT_A_COUNT,
    ROUNDS,
    is_of_quality,
    make_quality,
    nothing_read,
    without_faults,
)

from asf_analysis.errors import DoorForgotten, Fault
from asf_analysis.kpis.response_rate import RoundAnswers, Silent
from asf_analysis.presentation import cover, figures, tables
from asf_analysis.presentation import sentences as text
from asf_analysis.presentation.block import Block
from asf_analysis.presentation.gaps import SHADES

SHOWN = {
    f"{room.__name__.rpartition('.')[2]}.{name}": getattr(room, name)
    for room in (tables, text, figures, cover)
    for name in room.__all__
    if callable(getattr(room, name)) and name[0].islower() and is_of_quality(getattr(room, name))
}
SAMPLES = {"faults": make_quality(), "well": without_faults(), "nothing": nothing_read()}
HOSTILE = "<script>alert(1)</script>\"'&\x00\u202e"


def rows(shown: Block) -> list[list[str]]:
    """Give the texts of the rows of all tables, headings left out."""
    soup = BeautifulSoup(shown.html, "html.parser")
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in soup.select("tbody tr")]


def test_everything_that_the_notebook_shows_is_tested_here():
    assert set(SHOWN) == {
        "cover.data_quality", "figures.missing_answers", "sentences.answers", "sentences.cleaning",
        "sentences.contradicting", "sentences.faults", "sentences.intake", "sentences.large_changes",
        "sentences.usable", "tables.answers", "tables.cleaning", "tables.contradicting", "tables.faults",
        "tables.intake", "tables.large_changes", "tables.quality_cards", "tables.silent_enterprises",
    }  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_a_years_results_are_not_taken_for_its_quality(name):
    with pytest.raises(DoorForgotten, match="load_quality"):
        SHOWN[name](make_report())


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", SHOWN)
def test_every_text_is_whole_and_clean(name, sample):
    shown = SHOWN[name](SAMPLES[sample])._repr_mimebundle_()["text/plain"]
    assert not re.search(r"\.\.\.|None|\bnan\b|NaT|<NA>| [,;:]|\{|\}|\(\)", shown)


@pytest.mark.parametrize("name", SHOWN)
def test_hostile_texts_are_shown_as_text(name):
    fault = replace(FAULTS[0], file=HOSTILE, sheet=HOSTILE, column=HOSTILE, problem=f"Summan {HOSTILE}")
    quality = make_quality(
        faults=(fault,),
        intake=INTAKE.assign(file=HOSTILE, sheet=HOSTILE),
        log=LOG.assign(before=HOSTILE, rule=HOSTILE),
        rounds=(replace(ROUNDS[-1], silent=(Silent(HOSTILE, HOSTILE),)),),
        large_changes=(replace(CHANGE, name=HOSTILE),),
    )
    assert "<script" not in SHOWN[name](quality)._repr_mimebundle_().get("text/html", "")


def test_each_file_stands_with_its_rows_and_a_total():
    assert rows(tables.intake(make_quality())) == [
        ["register.csv", "–", "Företagsregister", "3", "3", "0"],
        ["2018/kv4.xlsx", "Enkät", "Enkät", "1\u00a0200", "1\u00a0198", "2"],
        ["Totalt", "", "", "1\u00a0203", "1\u00a0201", "2"],
    ]


@pytest.mark.parametrize(
    ("quality", "told"),
    [
        (
            make_quality(),
            "Av raderna används 1\u00a0201, och 2 har lagts åt sidan. I varje fil är de använda",
        ),
        (without_faults(), "för utgångslägenas skull. Alla rader används."),
        (make_quality(intake=INTAKE.assign(set_aside=0)), "Räkningen går inte ihop för 2018/kv4.xlsx"),
        (make_quality(), "Underlag saknas, helt eller delvis: utbildningar."),
        (nothing_read(), "Filen association.toml går inte att läsa"),
    ],
)
def test_the_sum_of_rows_and_what_is_missing_are_told(quality, told):
    assert told in text.intake(quality).plain


@pytest.mark.parametrize(
    ("quality", "told"),
    [
        (
            make_quality(),
            "kan inte användas än: fem fel hindrar årsrapporten. Dessutom bör en varning kontrolleras",
        ),
        (without_faults(), "kan användas: inget fel hindrar årsrapporten. Kontrollerna gav inga varningar."),
        (make_quality(faults=FAULTS[:1]), "kan inte användas än: ett fel hindrar årsrapporten."),
    ],
)
def test_whether_the_data_can_be_used_is_told_first(quality, told):
    assert told in text.usable(quality).plain


def test_faults_stand_by_severity_and_what_is_alike_once():
    shown = tables.faults(make_quality())
    captions = [caption.get_text() for caption in BeautifulSoup(shown.html, "html.parser").select("caption")]
    assert captions == [
        "Fel, som ska rättas innan årsrapporten kan göras",
        "Varningar, som bör kontrolleras",
        "Upplysningar, som är värda en titt",
    ]
    found = rows(shown)
    assert ["2018/kv4.xlsx", "Blad Enkät, rad 7, 9 och 12, kolumn Deltagare män", *NOT_A_COUNT] in found
    assert ["2018/utbildningar", "–", "Filen saknas.", "Lägg dit den."] in found
    assert len(found) == 5


def test_very_many_rows_and_columns_are_cut_short():
    faults = [
        Fault("a.csv", "Fel.", "", None, row, f"K{column}") for row in range(0, 80, 2) for column in range(9)
    ]
    (place,) = [row[1] for row in rows(tables.faults(make_quality(faults=tuple(faults))))]
    assert place.startswith("Rad 0, 2, 4,")
    assert place.endswith("22 och 28 rader till, kolumnerna K0, K1, K2, K3, K4, K5 och tre kolumner till")


def test_what_contradicts_what_stands_with_its_number_and_places():
    assert rows(tables.contradicting(make_quality())) == [
        ["Summan är inte summan av kolumnens rader.", "Delar och summor", "1", "▼ Fel",
         "2018/kv4.xlsx, blad Enkät, rad 30, kolumn Deltagare män"],
        ["Företaget finns inte i företagsregistret.", "Register och enkät", "1", "■ Varning",
         "register.csv, rad 4"],
        ["Antalet skiljer sig mycket från förra omgången.", "Omgång och omgång", "1", "○ Upplysning",
         "2018/kv4.xlsx, blad Enkät, rad 8, kolumn Deltagare män"],
    ]  # fmt: skip


def test_a_comparison_that_could_not_be_made_is_not_told_as_agreement():
    assert "har inte jämförts: utbildningar" in text.contradicting(make_quality()).plain
    assert "har inte jämförts" not in text.contradicting(without_faults()).plain


def test_every_round_stands_with_its_answers_and_one_that_was_not_read_with_none():
    shown = tables.answers(make_quality())
    assert rows(shown) == [
        ["Kvartal 4 2017", ".", ".", ".", ".", "."],
        ["Kvartal 1 2018", "27", "27", "0", "100", "0"],
        ["Kvartal 4 2018", "28", "26", "2", "93", "2"],
    ]
    assert "betyder att uppgift saknas" in shown.html
    assert "okopplat svar" in shown.html


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            RoundAnswers(2018, 4, 27, 28, 27, 0),
            "Fjärde kvartalet 2018 svarade 27 av 28 aktiva företag (96 procent).",
        ),
        (RoundAnswers(2018, 4, 5, 5, 5, 0), "Fjärde kvartalet 2018 svarade alla fem aktiva företag."),
        (RoundAnswers(2018, 4, 2, 2, 2, 0), "Fjärde kvartalet 2018 svarade båda de aktiva företagen."),
        (RoundAnswers(2018, 4, 1, 1, 1, 0), "Fjärde kvartalet 2018 svarade det enda aktiva företaget."),
        (RoundAnswers(2018, 4), "För fjärde kvartalet 2018 har inga svar lästs."),
        (RoundAnswers(2018, 1, 1), "För första kvartalet 2018 har ett svar lästs, men inte hur många"),
        (RoundAnswers(2018, 1, 1, 0, 0, 1), "Inget företag var aktivt i slutet av första kvartalet 2018."),
    ],
)
def test_the_answers_of_a_round_are_told(asked, told):
    assert text.answers(make_quality(rounds=(asked,))).plain.startswith(told)


def test_the_enterprises_to_ring_stand_by_municipality_with_the_rounds_of_the_year():
    beta = Silent("Beta", "Hudiksvall")
    earlier = replace(ROUNDS[1], year=2017, silent=(Silent("Gamma", "Bollnäs"),))
    first = replace(ROUNDS[1], silent=(beta,))
    assert rows(tables.silent_enterprises(make_quality(rounds=(earlier, first, ROUNDS[2])))) == [
        ["Alfa", "Gävle", "Fjärde kvartalet 2018"],
        ["Beta", "Hudiksvall", "Första kvartalet 2018 och fjärde kvartalet 2018"],
    ]


def test_where_all_have_answered_nobody_is_to_be_rung():
    assert tables.silent_enterprises(without_faults()).plain == (
        "Alla aktiva företag har svarat första kvartalet 2018 och fjärde kvartalet 2018. "
        "Inget företag behöver ringas."
    )


def test_a_large_change_stands_with_both_values():
    assert rows(tables.large_changes(make_quality())) == [
        ["Alfa", "Gävle", "Kvartal 4 2018", "Deltagare, män", "4", "55"]
    ]
    assert "minst tio personer och minst 50 procent" in text.large_changes(make_quality()).plain


def test_a_rule_of_cleaning_stands_with_a_cell_as_it_was_and_became():
    assert rows(tables.cleaning(make_quality()))[:3] == [
        ["Inget antal", "1", "▼ Fel", "”många”", "tomt",
         "2018/kv4.xlsx, blad Enkät, rad 7, kolumn Deltagare män"],
        ["Kommunens namn", "2", "○ Upplysning", "” Gävle”", "”Gävle”",
         "2018/kv4.xlsx, blad Enkät, rad 8, kolumn Kommun"],
        ["Summarad", "1", "○ Upplysning", "–", "–", "2018/kv4.xlsx, blad Enkät, rad 30"],
    ]  # fmt: skip


def test_the_cards_tell_what_is_wrong_and_what_is_well():
    def told(quality):
        return [line.rpartition(". ")[2] for line in tables.quality_cards(quality).plain.splitlines()]

    assert told(make_quality()) == [
        "Ska rättas", "Bör kontrolleras", "Värda en titt",
        "Underlag saknas", "Någon att ringa", "Bör kontrolleras",
    ]  # fmt: skip
    assert told(without_faults()) == [
        "Inga fel", "Inga varningar", "Inga upplysningar",
        "Alla används", "Alla har svarat", "Inga tveksamma",
    ]  # fmt: skip


def title_of(shown: Block) -> str:
    return BeautifulSoup(shown.html, "html.parser").select_one(".chart-title").get_text()


@pytest.mark.parametrize(
    ("blanks", "silent", "title"),
    [
        (
            {"permanent": 7},
            0,
            "Frågan ”tillsvidareanställda” är tom oftast: i 7 av 28 svar fjärde kvartalet 2018",
        ),
        (
            {"permanent": 2, "from_municipality": 2},
            0,
            "Frågorna ”tillsvidareanställda” och ”deltagare från kommunen” är tomma oftast: "
            "i 2 av 28 svar vardera fjärde kvartalet 2018",
        ),
        (
            {"permanent": 2, "completed": 2, "employees": 2},
            0,
            "Tre frågor är tomma oftast: i 2 av 28 svar vardera fjärde kvartalet 2018",
        ),
        ({}, 0, "Alla frågor är besvarade i de svar som kom in fjärde kvartalet 2018"),
        (
            {},
            1,
            "Alla frågor är besvarade i de svar som kom in fjärde kvartalet 2018, "
            "men ett företag har inte svarat",
        ),
    ],
)
def test_the_title_of_the_chart_tells_what_is_most_often_blank(blanks, silent, title):
    last = replace(ROUNDS[2], blanks={**NO_BLANKS, **blanks}, silent=(Silent("Beta", "Gävle"),) * silent)
    assert title_of(figures.missing_answers(make_quality(rounds=(*ROUNDS[:2], last)))) == title


def test_the_chart_tells_its_numbers_in_words_in_a_table_and_in_the_picture():
    shown = figures.missing_answers(make_quality())
    image = BeautifulSoup(shown.html, "html.parser").img
    assert image["alt"].endswith(
        "Kvartal 4 2017: inga svar lästa. "
        "Kvartal 1 2018: alla företag har svarat; ingen fråga är tom. "
        "Kvartal 4 2018: två företag har inte svarat; tomt i deltagare 3, avslutade till studier 7."
    )
    found = {name: counts for name, *counts in rows(shown)}
    assert found["Inget svar alls"] == [".", "0", "2"]
    assert found["Deltagare"] == [".", "0", "3"]
    svg = base64.b64decode(image["src"].partition(",")[2]).decode()
    drawn = [part.text for part in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    assert {"Kvartal 4 2018", "28 svar", "ej läst", "Avslutade till studier", "7", "3"} <= set(drawn)


def test_every_number_in_the_chart_can_be_read_on_its_ground():
    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for _, ground, ink in SHADES:
        brighter, darker = sorted((light(ground), light(ink)), reverse=True)
        assert (brighter + 0.05) / (darker + 0.05) >= 4.5, ground


def test_without_answers_there_is_no_chart():
    shown = figures.missing_answers(nothing_read())
    assert "<figure" not in shown.html
    assert shown.plain.startswith("Inget diagram visas")


def test_the_cover_bears_both_stamps_and_names_the_association():
    shown = cover.data_quality(make_quality())
    assert [stamp.partition(":")[0] for stamp in shown.stamps] == [
        "Demonstrationsdata",
        "Internt arbetsmaterial",
    ]
    assert (shown.organisation, shown.audience) == ("Samordningsförbund Exempel", "internal")
    unread = cover.data_quality(nothing_read())
    assert unread.organisation
    assert unread.stamps == ("Internt arbetsmaterial: får inte spridas.",)

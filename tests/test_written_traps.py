"""Texts that could be read wrongly: what is not sure is left out, or told as unsure with its passage."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asf_analysis.association import Association, load_association
from asf_analysis.errors import AsfError
from asf_analysis.folders import DataFolder
from asf_analysis.kpis import INDICATORS, KPIS
from asf_analysis.written.figures import find_figures
from asf_analysis.written.found import read_report
from asf_analysis.written.told import Reading

TITLE = "Årsredovisning om arbetsintegrerande sociala företag 2018"


@pytest.fixture(scope="module")
def association(project: Path) -> Association:
    return load_association(DataFolder(project / "data"))


def read(text: str, folder: Path, association: Association) -> Reading:
    path = folder / "rapport.txt"
    path.write_text(f"{TITLE}\n\n{text}\n", encoding="utf-8")
    return read_report(path, association, (*KPIS, *INDICATORS))


def results(reading: Reading) -> dict[str, str]:
    return {
        one.kpi.key if one.kpi else f"*{one.name}": str(one.result) for one in reading.found if one.result
    }


UNSURE = [
    "Antal deltagare i ASF\n\nMål: 180\n\nResultat: 120 kvinnor och 79 män",
    "Politiker som fått information om ASF\n\nMål: 250\n\nResultat: 3 träffar, 75 personer och 12 gäster",
    "Antal verksamma ASF\n\nMål: 30\n\nResultat: 2 företag fler än året innan",
    "Antal verksamma ASF\n\nMål: 30\n\nUtfall: 28 av 35",
    "Antal verksamma ASF\n\nMål: 30\n\nUtfall: 93 %",
    "Antal verksamma ASF\n\nMål: 30\n\nUtfall 2018-06-30: 27",
    "Antal verksamma ASF\n\nMål: 30\n\nUtfall: 27 (2016)\n\nUtfall: 27 i slutet av 2016",
    "Antal verksamma ASF\n\nMål: 30\n\nUtfall: 28\n\nAntal aktiva ASF\n\nMål: 30\n\nUtfall: 27",
    "Antal deltagare kvinnor i åtgärd i verksamma ASF\n\nMål: 90\n\nUtfall: 95",
    "Utbildningar\n\nAntal deltagare\n\nMål: 40\n\nUtfall: 50",
]
"""Goals whose result can be read in more than one way."""


@pytest.mark.parametrize("text", UNSURE)
def test_a_result_that_can_be_read_in_two_ways_is_not_taken_as_ours(text, association, tmp_path):
    reading = read(text, tmp_path, association)
    assert [key for key in results(reading) if not key.startswith("*")] == []


def test_what_is_not_taken_is_told_with_its_passage(association, tmp_path):
    text = "Antal deltagare i ASF\n\nMål: 180\n\nResultat: 120 kvinnor och 79 män"
    (doubt,) = read(text, tmp_path, association).doubts
    assert (doubt.what, doubt.place, doubt.text) == (
        "resultat",
        "stycke 4",
        "Resultat: 120 kvinnor och 79 män",
    )


def test_two_places_that_disagree_are_both_told(association, tmp_path):
    text = "Antal verksamma ASF\n\nUtfall: 28\n\nAntal aktiva ASF\n\nUtfall: 27"
    reading = read(text, tmp_path, association)
    assert results(reading) == {}
    assert [doubt.place for doubt in reading.doubts] == ["stycke 3", "stycke 5"]


@pytest.mark.parametrize("sentence", [
    "Under hösten har två utbildningar genomförts.", "Två utbildningar till har genomförts i länet.",
    "Två utbildningar har genomförts i Gävle.", "Under 2017 har två utbildningar genomförts.",
    "Två utbildningar ska genomföras.", "Två utbildningar per år har genomförts i snitt.",
    "I två av våra utbildningar har praktik genomförts.", "Den andra av utbildningarna har genomförts.",
    "Vi har föreläst i Gävle, Bollnäs och Hofors.", "Vi ska föreläsa i Umeå och Malmö.",
    "Ytterligare 6 lokala samverkansgrupper finns i andra län.",
    "Kommunen har tre medarbetare på 125 000 kr.", "Insatsen gäller 16–64 år enligt 2003:1210.",
])  # fmt: skip
def test_a_part_of_the_year_of_the_county_or_of_the_whole_is_no_result(sentence, association, tmp_path):
    assert results(read(sentence, tmp_path, association)) == {}


@pytest.mark.parametrize(("text", "told"), [
    ("Antal verksamma ASF\n\nMål: 30\n\nUtfall 2017: 25\n\nUtfall 2018: 28", {"active_enterprises": "28"}),
    ("Antal deltagare i ASF\n\nMål: 180\n\nResultat: 199 (120 kvinnor, 79 män)", {"participants": "199"}),
    ("Antal deltagare i ASF\n\nMål: 180\n\nResultat: närmare tvåhundra personer", {"participants": "ca 200"}),
    ("Antal verksamma ASF\n\nMål: 30\n\nResultat: minst tjugofem", {"active_enterprises": "ca 25"}),
    ("Informationsinsatser\n\nMål: 1 000\n\nResultat: 1.234 insatser", {"information_activities": "1234"}),
    ("Sammanlagt har ca 50 ASF-ambassadörer utbildats.", {"ambassadors": "ca 50"}),
    ("Det finns nu 6 lokala samverkansgrupper.", {"cooperation_groups": "6"}),
    ("Informationsinsatzer om ASF\n\nMål: 50\n\nResultat: 63", {"information_activities": "63"}),
])  # fmt: skip
def test_a_result_is_read_as_it_was_meant(text, told, association, tmp_path):
    assert results(read(text, tmp_path, association)) == told


def test_what_stands_under_one_municipality_is_not_the_associations(association, tmp_path):
    path = tmp_path / "rapport.html"
    path.write_text(
        f"<h1>{TITLE}</h1><h2>Gävle</h2><h3>Antal deltagare i ASF</h3><p>Mål: 40</p><p>Utfall: 35</p>",
        encoding="utf-8",
    )
    reading = read_report(path, association, KPIS)
    assert results(reading) == {}
    assert {doubt.reason for doubt in reading.doubts} == {"Står under en kommuns namn."}


def test_a_table_whose_headings_say_nothing_is_told_as_unsure(association, tmp_path):
    text = "Nyckeltal\tA\tB\nAntal verksamma ASF\t30\t28\nAntal deltagare i ASF\t180\t199"
    reading = read(text, tmp_path, association)
    assert results(reading) == {}
    assert [doubt.place for doubt in reading.doubts] == ["tabell 1, rad 2", "tabell 1, rad 3"]


WORDS = (
    "Målbild: Resultat: Antal verksamma ASF 30 ca 60–70 2018-01-01: % ( ) sju kommuner Gävle och från till"
)
PIECES = st.sampled_from([*WORDS.split(), "271 av 705", "\n", "\n\n", "- ", "\t", ". "])


@given(st.lists(PIECES, min_size=1, max_size=60))
def test_any_order_of_words_is_read_without_failing(association, tmp_path_factory, pieces):
    folder = tmp_path_factory.mktemp("ord")
    try:
        reading = read(" ".join(pieces), folder, association)
    except AsfError:
        return
    text = f"{TITLE} {' '.join(pieces)}"
    for one in reading.found:
        for value in one.values:
            assert value.text.split()[0].strip("-|") in text
            assert value.place


@given(st.integers(0, 9999), st.sampled_from(["", "ca ", "drygt ", "minst "]), st.sampled_from([" st", ""]))
def test_a_number_is_read_back_as_it_was_written(number, about, unit):
    if 1900 <= number < 2100:
        return
    for written in (
        str(number),
        f"{number:,}".replace(",", " "),
        f"{number:,}".replace(",", "\N{NO-BREAK SPACE}"),
    ):
        (figure,) = find_figures(f"Resultat blev {about}{written}{unit} under 2018")
        assert (figure.amount, figure.approximate) == (number, bool(about))

"""Columns are found by their headings, old and new, and nothing is left out in silence."""

import pytest
from intake_workbooks import SURVEY_HEADINGS, answer, faults_of, read, small_data, stopping_faults, survey

from asf_analysis.definitions import definition_lines
from asf_analysis.intake.headings import Headings, form_columns
from asf_analysis.intake.schemas import COUNTS


def renamed(**changes: str) -> list[list]:
    """Give the survey with headings changed; _ in a name stands for a space."""
    new = {heading.replace("_", " "): text for heading, text in changes.items()}
    return [[new.get(heading, heading) for heading in SURVEY_HEADINGS], answer()]


def headings_of_responses() -> Headings:
    return Headings.of("responses", "Region Gävleborg")


@pytest.mark.parametrize(
    "heading",
    [
        "Antal anställda kvinnor",
        "ANSTÄLLDA  KVINNOR",
        "Anställda\nkvinnor",
        "Anställda kvinnor:",
        "Anstallda kvinor",
    ],
)
def test_a_heading_may_be_older_newer_or_a_little_wrong(tmp_path, heading):
    tables = read(small_data(tmp_path, enkat_kv4=renamed(Anställda_kvinnor=heading)))
    assert list(tables.responses["employees_women"]) == [4, 4, 4]


def test_a_heading_taken_for_its_nearness_is_in_the_log(tmp_path):
    log = read(small_data(tmp_path, enkat_kv4=renamed(Anställda_kvinnor="Anstallda kvinor"))).log
    line = log[log["before"] == "Anstallda kvinor"].iloc[0]
    assert (line["row"], line["after"], line["severity"]) == (1, "Anställda kvinnor", "varning")


def test_the_region_in_a_heading_is_the_associations_own():
    headings = Headings.of("responses", "Region Skåne")
    assert headings.find("Deltagare från Region Skåne kvinnor") == "from_region_women"


@pytest.mark.parametrize(
    ("year", "heading"), [(2018, "Anställda kvinnor"), (2019, "Antal anställda kvinnor")]
)
def test_the_expected_heading_is_the_one_in_use_that_year(year, heading):
    assert headings_of_responses().expected("employees_women", year) == heading


@pytest.mark.parametrize("heading", ["Deltagare", "Deltagare från kvinnor", "Anställda", "Födelseår", ""])
def test_a_heading_that_is_unsure_is_not_recognised(heading):
    assert headings_of_responses().find(heading) is None


def test_an_unknown_heading_is_a_warning_with_the_nearest_known_ones(tmp_path):
    table = [[*row, extra] for row, extra in zip(survey(answer()), ["Deltagare övriga", 1], strict=True)]
    fault = next(fault for fault in faults_of(small_data(tmp_path, enkat_kv4=table)) if fault.row == 1)
    assert (fault.column, fault.severity) == ("Deltagare övriga", "varning")
    assert "”Deltagare män”" in fault.remedy


def test_a_column_with_answers_and_no_heading_is_a_warning(tmp_path):
    table = [[*row, extra] for row, extra in zip(survey(answer()), [None, 1], strict=True)]
    fault = next(fault for fault in faults_of(small_data(tmp_path, enkat_kv4=table)) if fault.row == 1)
    assert (fault.severity, "ingen rubrik" in fault.problem) == ("varning", True)


def test_a_missing_column_is_a_fault_that_says_what_to_do(tmp_path):
    (fault,) = stopping_faults(
        small_data(tmp_path, enkat_kv4=renamed(Anställda_kvinnor="Hur många jobbar hos er?"))
    )
    assert "saknar kolumnen ”Anställda kvinnor”" in fault.problem
    assert "Hur många jobbar hos er?" in fault.remedy
    assert "asf_analysis/definitions/columns.csv: responses,employees_women,<ny rubrik>,2018" in fault.remedy


def test_a_column_nobody_needs_may_be_missing(tmp_path):
    kept = [place for place, heading in enumerate(SURVEY_HEADINGS) if heading not in ("Kommentar", "Namn")]
    without = [[row[place] for place in kept] for row in survey()]
    responses = read(small_data(tmp_path, enkat_kv1=without, enkat_kv4=without)).responses
    assert responses[["comment", "name"]].isna().all(axis=None)


def test_two_headings_for_one_column_are_a_fault(tmp_path):
    (fault,) = stopping_faults(small_data(tmp_path, enkat_kv4=renamed(Kommentar="Antal anställda kvinnor")))
    assert "”Anställda kvinnor” och ”Antal anställda kvinnor”" in fault.problem


# A question's full text ------------------------------------------------------------------------------

WOMEN = "Hur många kvinnor är anställda i företaget?"
FROM_SERVICE = "Hur många av deltagarna är kvinnor från Arbetsförmedlingen?"
AGED = "Hur många av deltagarna är kvinnor i åldern 16–29 år?"
PERMANENT = "… varav hur många kvinnor är tillsvidareanställda?"

SAME_QUESTION = [
    (WOMEN, "employees_women"),
    (WOMEN.upper(), "employees_women"),
    (WOMEN.replace(" ", "\N{NO-BREAK SPACE}"), "employees_women"),
    (WOMEN.rstrip("?"), "employees_women"),
    (f"  {WOMEN} *", "employees_women"),
    (f"5. {WOMEN}", "employees_women"),
    (f"5) {WOMEN}", "employees_women"),
    (f"12.{WOMEN}", "employees_women"),
    (f"2.1. {WOMEN}", "employees_women"),
    (f"5a) {WOMEN}", "employees_women"),
    (f"Fråga 5: {WOMEN}", "employees_women"),
    (f"{WOMEN} (antal)", "employees_women"),
    (f"{WOMEN} (antal) *", "employees_women"),
    (WOMEN.replace("kvinnor är", "kvinnor\när"), "employees_women"),
    (WOMEN.replace("kvinnor är", "kvinnor\r\när"), "employees_women"),
    (WOMEN.replace("anställda", "anstä\N{SOFT HYPHEN}llda"), "employees_women"),
    (WOMEN.replace("ä", "a\N{COMBINING DIAERESIS}"), "employees_women"),
    ("Hur manga kvinnor ar anstallda i foretaget?", "employees_women"),
    ("Hur många kvinor är anställda i företaget?", "employees_women"),
    ("Hur många kvinnor är anstälda i företagt", "employees_women"),
    (f"{WOMEN} (räkna även deltidsanställda)", "employees_women"),
    (f"{WOMEN} (den 31 december 2018)", "employees_women"),
    (f"{WOMEN} (obligatorisk)", "employees_women"),
    (f"{WOMEN[:-1]} (antal personer)?", "employees_women"),
    (PERMANENT, "permanent_women"),
    (PERMANENT.replace("… v", "V"), "permanent_women"),
    (PERMANENT.replace("…", "..."), "permanent_women"),
    (PERMANENT.replace("tillsvidareanställda", "tillsvidare anställda"), "permanent_women"),
    (PERMANENT.replace("tillsvidareanställda", "tillsvidare-\nanställda"), "permanent_women"),
    (FROM_SERVICE.replace("Arbetsförmedlingen", "Arbetsförmedlngen"), "from_employment_service_women"),
    (AGED.replace("–", "-"), "aged_16_29_women"),
    (AGED.replace("16–29", "16 - 29"), "aged_16_29_women"),
    ("Anställda, kvinnor", "employees_women"),
    ("Anställda (kvinnor)", "employees_women"),
    ("Anställda [kvinnor]", "employees_women"),
    ("Anställda_kvinnor", "employees_women"),
    ("Antal deltagare kvinnor", "participants_women"),
    ("Anställda kvinnor (antal)", "employees_women"),
    ("Anställda kvinnor, antal", "employees_women"),
    ("1. Namn", "name"),
    ("Organisations-nummer", "organisation_number"),
    ("Org.nr", None),
]

ANOTHER_QUESTION = [
    "Hur många personer är anställda i företaget?",
    "Hur många är anställda i företaget?",
    "Hur många kvinnor är anställda med lönebidrag i företaget?",
    "Hur många kvinnor är anställda i företaget med lönebidrag?",
    f"{WOMEN} (med lönebidrag)",
    f"{WOMEN} (lönebidrag)",
    f"{WOMEN} (endast heltid)",
    f"{WOMEN} (ej vikarier)",
    f"{WOMEN} (varav heltid)",
    f"{WOMEN} (%)",
    f"{WOMEN} (andel i procent)",
    f"{WOMEN} (16–29 år)",
    f"{WOMEN} (tillsvidareanställda)",
    f"{WOMEN}2",
    f"{WOMEN} %",
    "Hur många kvinnor är inte anställda i företaget?",
    "Hur många kvinnor är nyanställda i företaget?",
    "Hur många kvinnor är visstidsanställda i företaget?",
    "Hur många kvinnor var anställda i företaget?",
    "Hur många kvinnor har slutat i företaget?",
    "… varav hur många kvinnor är visstidsanställda?",
    FROM_SERVICE.replace("Arbetsförmedlingen", "Kriminalvården"),
    FROM_SERVICE.replace("Arbetsförmedlingen", "Migrationsverket"),
    FROM_SERVICE.replace("Arbetsförmedlingen", "Arbetsmiljöverket"),
    FROM_SERVICE.replace("från", "till"),
    AGED.replace("29", "24"),
    AGED.replace("16", "15"),
    AGED.replace("16–29", "1629"),
    AGED.replace("16–29", "30–65"),
    AGED.replace("16–29", "65+"),
    AGED.replace("i åldern", "över åldern"),
    "Hur många av deltagarna är kvinnor yngre än 16 eller äldre än 65 år?",
    "Hur många av deltagarna är kvinnor äldre än 16 eller yngre än 64 år?",
    "Deltagare 16–29 år",
    "Deltagare kvinnor (16–29 år)",
    "Deltagare kvinnor (från kommunen)",
    "Avslutade kvinnor (till arbete)",
    "Anställda 2. kvinnor",
    "Anställda 2018: kvinnor",
    "Anställda övriga",
    "Anställda kvinnor män",
    "Anställda kvinnor och män",
    "Nyanställda kvinnor",
    "Nämnd",
    "Kontaktpersonens namn",
    "Antal",
    "5.",
    "*",
    "(antal)",
]


@pytest.mark.parametrize(("text", "column"), SAME_QUESTION)
def test_a_question_is_recognised_however_it_is_set_out(text, column):
    assert headings_of_responses().find(text) == column


@pytest.mark.parametrize("text", ANOTHER_QUESTION)
def test_another_question_is_never_taken_for_a_known_one(text):
    assert headings_of_responses().find(text) is None


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("activities", "Parti"),
        ("activities", "Nämnd"),
        ("activities", "Platser"),
        ("activities", "Antal aktiviteter"),
        ("enterprises", "Nämnd"),
        ("supervised_places", "Obetalt belopp"),
        ("supervised_places", "Inbetalt belopp"),
        ("supervised_places", "Obeviljat belopp"),
        ("support_structures", "Forum"),
        ("support_structures", "Träffar per månad"),
    ],
)
def test_a_short_heading_is_not_taken_for_another_word(table, text):
    assert Headings.of(table, "Region Gävleborg").find(text) is None


def swapped(text: str) -> str:
    """Give a heading with women for men and men for women."""
    return text.replace("kvinnor", "#").replace("män", "kvinnor").replace("#", "män")


@pytest.mark.parametrize("column", COUNTS["responses"])
def test_women_and_men_are_never_mixed_up_in_any_heading_even_misspelt(column):
    headings = headings_of_responses()
    other = column.replace("_women", "_#").replace("_men", "_women").replace("_#", "_men")
    for heading in (known.text for known in headings.known if known.column == column):
        assert headings.find(heading) == column
        assert headings.find(swapped(heading)) == other
        assert headings.find(heading.replace("kvinnor", "kvinor")) == column


@pytest.mark.parametrize("column", COUNTS["responses"])
def test_every_count_of_the_survey_has_a_full_question(column):
    texts = [known.text for known in headings_of_responses().known if known.column == column]
    assert [text for text in texts if text.endswith("?") and "hur många" in text.lower()]


@pytest.mark.parametrize("table", COUNTS)
def test_no_heading_stands_for_two_columns_and_none_is_near_another_columns(table):
    headings = Headings.of(table, "Region Gävleborg")
    for known in headings.known:
        assert headings.find(known.text) == known.column
        assert headings.is_exact(known.text)


@pytest.mark.parametrize(
    "text", ["Anstallda kvinor", f"{WOMEN} (räkna även deltid)", "Tillsvidare anställda kvinnor"]
)
def test_what_is_only_near_is_not_exact(text):
    assert not headings_of_responses().is_exact(text)


def test_the_nearest_headings_of_a_question_are_questions_of_different_columns():
    nearest = headings_of_responses().nearest("Hur många personer är anställda i företaget?")
    assert set(nearest[:2]) == {WOMEN, "Hur många män är anställda i företaget?"}


# What a form adds by itself --------------------------------------------------------------------------

MICROSOFT = ["ID", "Starttid", "Slutförandetid", "E-post", "Namn"]
PERSONS = [7, "2019-01-14 09:03:11", "2019-01-14 09:21:40", "eva.exempel@example.se", "Eva Exempel"]


@pytest.mark.parametrize(
    ("headings", "own"),
    [
        (MICROSOFT, 5),
        ([*MICROSOFT, "Senast ändrad", "Företagets namn"], 6),
        ([*MICROSOFT, "Namn"], 5),
        (["Id", "Start time", "Completion time", "Email", "Name", "Last modified time", "Kommun"], 6),
        (["Tidsstämpel", "E-postadress", "Namn"], 2),
        (["Tidsstämpel", "Namn", "Kommun"], 1),
        (["Timestamp", "Username", "Namn"], 2),
        (["Namn", *MICROSOFT], 0),
        (["ID", "E-post", "Namn"], 0),
        (["Mättillfälle", "Namn", "Organisationsnummer"], 0),
        (["", *MICROSOFT], 0),
        ([], 0),
    ],
)
def test_a_forms_own_columns_are_those_from_the_left_with_a_time_among_them(headings, own):
    assert form_columns(headings) == own


def test_every_tool_in_form_columns_has_a_column_that_tells_the_time():
    lines = definition_lines("form_columns.csv")
    tools = {line["form"] for line in lines}
    assert {line["form"] for line in lines if line["tells_time"] == "ja"} == tools
    assert {line["tells_time"] for line in lines} == {"ja", ""}


def exported(*changes: str) -> list[list]:
    """Give the survey as Microsoft Forms exports it, by two persons who stand in it."""
    own = [[*MICROSOFT, "Senast ändrad"], *([[*PERSONS, None]] * 2)]
    table = survey()
    table[0] = ["Företagets namn" if heading == "Namn" else heading for heading in table[0]]
    return [[*start, *row] for start, row in zip(own, table, strict=True)]


def test_who_answered_a_form_is_not_read_and_stands_in_no_message_and_not_in_the_log(tmp_path):
    data = small_data(tmp_path, enkat_kv4=exported())
    tables = read(data)
    assert set(tables.responses["name"]) == {"Alfa", "Beta"}
    (fault,) = faults_of(data)
    assert (fault.severity, fault.row) == ("upplysning", 1)
    assert "”ID”, ”Starttid”, ”Slutförandetid”, ”E-post”, ”Namn”, ”Senast ändrad”" in fault.problem
    told = f"{fault} {tables.log.to_csv()} {tables.responses.to_csv()}"
    assert not [word for word in ("Eva", "eva.exempel", "@", "09:03") if word in told]


def test_the_faults_of_a_forms_export_name_no_person(tmp_path):
    table = exported()
    table[1][table[0].index("Anställda kvinnor")] = "Fråga Eva Exempel, eva.exempel@example.se"
    table[0][table[0].index("Anställda män")] = "Hur är det?"
    told = " ".join(str(fault) for fault in stopping_faults(small_data(tmp_path, enkat_kv4=table)))
    assert "Anställda kvinnor" in told
    assert not [word for word in ("Eva", "eva.exempel", "@") if word in told]


def test_two_names_without_a_time_stamp_are_two_headings_for_one_column(tmp_path):
    (fault,) = stopping_faults(small_data(tmp_path, enkat_kv4=renamed(Kommentar="Företagets namn")))
    assert "”Namn” och ”Företagets namn”" in fault.problem

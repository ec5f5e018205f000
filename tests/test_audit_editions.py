"""The audit of a folder beside what readers may have kept: earlier editions and neighbouring years."""

from audit_sample import HELD, by_municipality, resource, write_folder

from asf_analysis.disclosure.audit import audit_folder
from asf_analysis.folders import years_beside

TABLE = "data/participants_by_municipality.csv, tabellen ”Deltagare efter kommun, 31 december 2018”"
SAFE = {"Gävle": [HELD, HELD, 20], "Hofors": [HELD, HELD, 20], "total": [21, 19, 40]}


def changes(started, closed):
    """Participants from last day to last day: 30 at first, 34 at last."""
    return resource(
        "participants_changes", "Förändring av antalet deltagare", "component", "Förändring",
        {"baseline": [15, 15, 30], "started": started, "closed": closed, "total": [16, 18, 34]},
        baseline="baseline", **{"from": "2017-12-31", "to": "2018-12-31"},
    )  # fmt: skip


def by_round(figures, **days):
    """Participants by round; there is no total row."""
    return resource("participants_by_round", "Deltagare efter omgång", "round", "Omgång", figures, on=days)


def test_what_an_earlier_edition_showed_is_told_apart_and_what_follows_from_it_is_found(tmp_path):
    """The edition before told Gävle's women and no total; now the total is told, so Hofors' follow."""
    shown = {"Gävle": [11, HELD, HELD], "Hofors": [HELD, HELD, HELD], "total": [HELD, HELD, HELD]}
    before = write_folder(tmp_path / "before" / "2018", by_municipality(shown))
    now = write_folder(tmp_path / "now" / "2018", by_municipality(SAFE))
    assert audit_folder(now).passed
    assert audit_folder(before).passed
    together = audit_folder(now, before=before)
    assert [str(one) for one in together.told_before] == [
        f"{TABLE}, rad Gävle, kolumn Kvinnor: har redovisats förut och kan inte tas tillbaka"
    ]
    assert [str(one) for one in together.findings] == [
        f"{TABLE}, rad Gävle, kolumn Män: redovisas inte, men är 9",
        f"{TABLE}, rad Hofors, kolumn Kvinnor: redovisas inte, men är 10",
        f"{TABLE}, rad Hofors, kolumn Män: redovisas inte, men är 10",
    ]


def test_what_an_earlier_edition_gave_away_alone_is_no_new_finding(tmp_path):
    leaking = {"Gävle": [HELD, 9, 20], "Hofors": [HELD, HELD, 20], "total": [21, 19, 40]}
    before = write_folder(tmp_path / "before" / "2018", by_municipality(leaking))
    now = write_folder(tmp_path / "now" / "2018", by_municipality(SAFE))
    together = audit_folder(now, before=before)
    assert together.passed
    assert len(together.told_before) == 4


def test_the_same_edition_twice_gives_nothing_away(tmp_path):
    before, now = (
        write_folder(tmp_path / name / "2018", by_municipality(SAFE)) for name in ("before", "now")
    )
    together = audit_folder(now, before=before)
    assert (together.findings, together.told_before, together.remarks) == ((), (), ())


def test_revised_figures_are_not_reckoned_with_the_old_ones(tmp_path):
    """The total was 40 and is 46: 46 - 33 would be no figure of either edition."""
    old = {"Gävle": [HELD, HELD, 20], "Hofors": [HELD, HELD, 20], "total": [21, 19, 40]}
    new = {"Gävle": [HELD, HELD, 26], "Hofors": [HELD, HELD, 20], "total": [24, 22, 46]}
    before = write_folder(tmp_path / "before" / "2018", by_municipality(old))
    now = write_folder(tmp_path / "now" / "2018", by_municipality(new))
    assert audit_folder(now, before=before).passed


def test_last_years_result_is_this_years_baseline(tmp_path):
    """This year withholds women and men at the baseline; last year's folder told them."""
    hidden = {"baseline": [HELD, HELD, 30], "started": [9, 7, 16], "closed": [HELD, HELD, -12],
              "total": [16, 18, 34]}  # fmt: skip
    this_year = resource(
        "participants_changes", "Förändring", "component", "Förändring", hidden,
        baseline="baseline", **{"from": "2017-12-31", "to": "2018-12-31"},
    )  # fmt: skip
    last = by_municipality({"total": [15, 15, 30]}, on="2017-12-31")
    now = write_folder(tmp_path / "2018", this_year)
    write_folder(tmp_path / "2017", last)
    assert audit_folder(now).passed
    together = audit_folder(now, beside=years_beside(now))
    assert [str(one).split("rad ")[1] for one in together.findings] == [
        "closed, kolumn Kvinnor: redovisas inte, men är −8",
        "closed, kolumn Män: redovisas inte, men är −4",
    ]
    assert len(together.told_before) == 2


def test_a_figure_of_last_year_that_this_year_gives_away_is_found(tmp_path):
    """Last year withheld Gävle's women and men of 20, and this year tells all the women of that day."""
    figures = {"Gävle": [HELD, HELD, 20], "Hofors": [14, 6, 20], "total": [HELD, HELD, 40]}
    last = write_folder(tmp_path / "2017", by_municipality(figures, on="2017-12-31"))
    days = {"2017-kv4": "2017-12-31", "2018-kv4": "2018-12-31"}
    now = write_folder(
        tmp_path / "2018", by_round({"2017-kv4": [17, 23, 40], "2018-kv4": [16, 18, 34]}, **days)
    )
    assert audit_folder(last).passed
    assert audit_folder(now).passed
    lines = [str(one) for one in audit_folder(now, beside=years_beside(now)).findings]
    assert [line.split("31 december 2018”, ")[1] for line in lines] == [
        "rad Gävle, kolumn Kvinnor: redovisas inte, men är 3",
        "rad Gävle, kolumn Män: redovisas inte, men är 17",
    ]
    assert all(line.startswith("2017/data/") for line in lines)


def test_a_stock_is_what_it_was_and_what_came_less_what_went(tmp_path):
    safe = write_folder(tmp_path / "safe" / "2018", changes([HELD, HELD, 16], [HELD, HELD, -12]))
    leaking = write_folder(tmp_path / "leaking" / "2018", changes([9, 7, 16], [HELD, HELD, -12]))
    assert audit_folder(safe).passed
    assert [str(one).split("rad ")[1] for one in audit_folder(leaking).findings] == [
        "closed, kolumn Kvinnor: redovisas inte, men är −8",
        "closed, kolumn Män: redovisas inte, men är −4",
    ]


def test_an_interim_reports_open_data_are_read_too(tmp_path):
    folder = write_folder(tmp_path / "2018", by_municipality(SAFE))
    told = {"Gävle": [4, 16, 20], "total": [4, 16, 20]}
    write_folder(folder / "interim" / "2018-12-31", by_municipality(told))
    lines = [str(one) for one in audit_folder(folder).findings]
    assert f"{TABLE}, rad Gävle, kolumn Kvinnor: redovisas inte, men är 4" in lines


def test_only_neighbouring_years_lie_beside(tmp_path):
    for name in ("2016", "2017", "2018", "2019", "failed", "2020"):
        (tmp_path / name).mkdir()
    assert [place.name for place in years_beside(tmp_path / "2018")] == ["2017", "2019"]
    assert years_beside(tmp_path / "failed") == ()

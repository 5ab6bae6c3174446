"""Survival curves as a user meets them: screen, CSV, JSON, files."""

import csv
import io
import json

import pytest


def rows(run, *words):
    """The rows of the CSV."""
    done = run("curve", "overall-survival", *words, "-f", "csv")
    assert done.exit_code == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_the_answer_comes_first(run):
    """Before the picture: of 100 people how many were alive, and how sure that is."""
    screen = run("curve", "overall-survival", "--width", "80").stdout
    first = " ".join(screen.split("years after treatment")[0].split())
    assert "hsct: of 100 people" in first
    assert "were alive after 1 year" in first
    assert "nobody was given one treatment or the other by lot" in first


def test_the_screen_says_what_the_data_say(run):
    """The figure of five years is the same in the sentence, the table and the CSV."""
    (row,) = [
        row
        for row in rows(run, "-t", "hsct")
        if row["kind"] == "curve" and row["months"] in {"60", "60.0"}
    ]
    share = f"{100 * float(row['estimate']):.0f}"
    ends = f"{100 * float(row['ci_low']):.0f} to {100 * float(row['ci_high']):.0f}"
    screen = run("curve", "overall-survival", "-t", "hsct", "--width", "100").stdout
    assert f"{share} ({ends}) after 5 years" in " ".join(screen.split())
    assert f"5 years   {share} ({ends})" in screen


def test_those_who_died_are_the_rest_of_those_alive(run):
    """`curve death` is the complement, with its ends the other way round."""
    alive = {r["months"]: r for r in rows(run) if r["kind"] == "curve"}
    done = run("curve", "death", "-f", "csv")
    dead = csv.DictReader(io.StringIO(done.stdout))
    compared = 0
    for row in dead:
        if row["kind"] == "curve" and row["estimate"] and row["therapy"] == "msc":
            other = alive[row["months"]]
            assert float(row["estimate"]) == pytest.approx(1 - float(other["estimate"]))
            assert float(row["ci_low"]) == pytest.approx(1 - float(other["ci_high"]))
            compared += 1
    assert compared


def test_every_result_about_deaths_is_used_or_left_out_with_a_reason(run):
    """Nothing is lost: each row of a record appears once, with file and line."""
    found = rows(run, "-t", "hsct")
    out = [row for row in found if row["kind"] == "left-out"]
    assert all(row["reason"] and row["reason_text"] and row["line"] for row in out)
    used = {(r["file"], r["line"]) for r in found if r["kind"] == "study"}
    assert not used & {(r["file"], r["line"]) for r in out}


def test_left_out_is_on_the_page_when_asked_for(run):
    """With the study and the reason in words."""
    page = run("curve", "overall-survival", "-t", "hsct", "--left-out").stdout
    assert "Left out, and why" in page
    assert "shares people with Jayne 2004" in page
    assert "Left out, and why" not in run("curve", "overall-survival").stdout


def test_json_holds_what_csv_holds(run):
    """Figures, reports, the curve without each study, what is left out."""
    (hsct, _) = json.loads(run("curve", "overall-survival", "-f", "json").stdout)[
        "therapies"
    ]
    table = [row for row in rows(run) if row["therapy"] == "hsct"]
    for key, kind in (
        ("at", "curve"),
        ("reports", "study"),
        ("without", "without"),
        ("left_out", "left-out"),
    ):
        assert len(hsct[key]) == sum(row["kind"] == kind for row in table), key


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_screen(run, width):
    """At any width, with every section."""
    done = run("curve", "overall-survival", "--full", "--width", width)
    assert max(map(len, done.stdout.splitlines())) <= width


def test_a_therapy_without_a_curve_says_why(run):
    """One study of CAR T cells says something of early deaths."""
    page = run("curve", "overall-survival", "-t", "car-t").stdout
    assert "car-t: no curve" in page
    assert "it takes two studies and 20 people" in " ".join(page.split())


@pytest.mark.thorough
@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_the_same_records_give_the_same_file(run, tmp_path, ending):
    """Byte for byte."""
    files = [tmp_path / f"{name}.{ending}" for name in "ab"]
    for file in files:
        assert run("curve", "overall-survival", "-o", file).exit_code == 0
    assert files[0].read_bytes() == files[1].read_bytes()

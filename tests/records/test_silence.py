"""How long registered trials are silent past their end."""

from datetime import date

import pytest
from invented import study_text

from lupus_evidence.errors import EvidenceError
from lupus_evidence.records.load import load
from lupus_evidence.records.silence import Silence, silence, silence_in_words, today

DAY = date(2026, 11, 29)


@pytest.fixture
def trial(tmp_path):
    """Make a study with these fields in place of those of an invented one."""

    def make(completion, status="registered", *, results=False):
        whole = study_text()
        text = whole if results else whole[: whole.index("\nresults:") + 1]
        text = text.replace("status: published", f"status: {status}")
        (tmp_path / "doe-2020.yaml").write_text(f"{text}{completion}\n", "utf-8")
        base = load(tmp_path)
        assert not base.diagnostics
        return base.studies[0]

    return make


@pytest.mark.parametrize(
    ("end", "months"),
    [
        ('actual: "2026-10-30"', 0),  # not yet a month
        ('actual: "2026-10-29"', 1),
        ("planned: 2026-10", 0),  # its last day is the 31st
        ("planned: 2026-09", 1),
        ("planned: 2020", 70),  # 31 December 2020
        ("planned: 2024-02", 33),  # 29 February 2024
        ("planned: 2031-05", -55),
    ],
)
def test_whole_months_since_the_last_day_that_a_date_may_mean(trial, end, months):
    """A month or year without a day gives the trial the benefit of the doubt."""
    assert silence(trial(f"completion: {{{end}}}"), DAY).months == months


def test_what_came_counts_before_what_was_planned(trial):
    """A trial that ended is past its real end, not its planned one."""
    found = silence(trial("completion: {planned: 2020, actual: 2022}"), DAY)
    assert (found.end, found.ended) == ("2022", True)


def test_no_silence_where_something_was_told_or_nobody_knows_the_end(trial):
    """Withdrawn trials, published ones and those without an end are not overdue."""
    end = "completion: {actual: 2010}"
    assert silence(trial(end), DAY) is not None
    assert silence(trial(end, "withdrawn"), DAY) is None
    assert silence(trial(end, "published", results=True), DAY) is None
    assert silence(trial(""), DAY) is None
    assert silence(trial("completion: {}"), DAY) is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("2021-06-01", False, 65), "was to end on 1 June 2021, 5 years and 5 months"),
        (("2012-04", True, 24), "ended in April 2012, 2 years"),
        (("2025", True, 1), "ended in 2025, 1 month"),
    ],
)
def test_words(given, said):
    """Years and months, and nothing of which there are none."""
    assert silence_in_words(Silence(*given)) == f"{said} ago"


def test_words_of_what_is_not_over():
    """An end to come is named, not counted down to."""
    coming = Silence("2031-05", ended=False, months=-54)
    assert silence_in_words(coming) == "to end in May 2031"


def test_words_of_what_is_just_over():
    """In its first month a trial is past its end, and not yet overdue."""
    just = Silence("2026-11-20", ended=False, months=0)
    assert not just.overdue
    assert silence_in_words(just) == "was to end on 20 November 2026"


def test_today_can_be_any_day(monkeypatch):
    """As reproducible builds have it; a word in its place is told."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert today() == date(1970, 1, 1)
    for wrong in ("tomorrow", "9" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        with pytest.raises(EvidenceError, match="seconds since 1970"):
            today()
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert abs((today() - date.today()).days) <= 1  # noqa: DTZ011 - in another zone


@pytest.mark.thorough
def test_every_page_tells_it(run, monkeypatch, tmp_path):
    """Record, list, comparison and report count to the same day."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795910400")
    ago = "was to end on 1 June 2021, 5 years and 5 months ago"
    assert ago in " ".join(run("show", "nct03580291").stdout.split())
    assert f"nct03580291 {ago}" in run("compare", "hsct", "msc", "--registered").stdout
    listed = run("list", "--status", "registered", "-f", "csv").stdout
    assert ",2021-06-01,planned,65," in listed
    page = tmp_path / "report.html"
    assert run("report", "-o", page).exit_code == 0
    assert ago in page.read_text("utf-8")

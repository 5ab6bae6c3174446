"""What `compare` prints, the audit never calls wrong; what nothing allows, it does."""

from itertools import product

import pytest
from audit.made import rate

from lupus_evidence.audit import audit
from lupus_evidence.audit.articles import ClaimsBase, LoadedClaims
from lupus_evidence.compare.cells import Pooled
from lupus_evidence.compare.comparison import compare
from lupus_evidence.compare.survival import CURVED, survival_curves_of
from lupus_evidence.documents.text import percent
from lupus_evidence.records.claims import ClaimsFile
from lupus_evidence.records.load import load
from lupus_evidence.vocabulary import NAMED_ENDPOINTS, topic

BASE = load()
#: Two at a time, as a comparison takes them: every therapy that has figures.
PAIRS = (
    ("hsct", "msc"),
    ("uc-msc", "bm-msc"),
    ("car-t", "cyclophosphamide"),
    ("allo-hsct", "auto-msc"),
    ("conventional", "placebo"),
)
WRONG = {"overstated", "understated", "contradicted", "not found"}


def printed_figures():
    """Every cell with a figure that `compare --all` prints, of every therapy."""
    asked = [name for name in topic().endpoints if name not in NAMED_ENDPOINTS]
    for pair in PAIRS:
        for row in compare(BASE, pair, endpoints=asked).rows:
            for cell in row.cells:
                if cell.k:
                    yield row, cell


FIGURES = list(printed_figures())


#: Months at which survival is claimed: those that `compare` and `curve` print, and some
#: between.
MONTHS = (6, 12, 18, 24, 30, 36, 48, 60, 72, 84)


def printed_survival():
    """Every figure on every therapy's survival curve, told as alive and as dead."""
    for pair in PAIRS:
        for answer in survival_curves_of(BASE, CURVED[0], pair).answers:
            for months in MONTHS:
                found = answer.at(months).figure
                if found is not None:
                    low, high = found.ci
                    about = answer.therapy, months
                    yield CURVED[0], *about, found.estimate, (low, high)
                    yield CURVED[1], *about, 1 - found.estimate, (1 - high, 1 - low)


SURVIVAL = list(printed_survival())


def spoken(row, cell):
    """The name of a figure, for a test's id."""
    return f"{cell.therapy} {row.endpoint} {row.scope} {row.band.name}"


def claim(row, cell, said, bound=None, *, scope=True):
    """A claim of a percentage about the figure's therapy, outcome and time."""
    figure = {"endpoint": row.endpoint, "percent": said}
    if row.band.months is not None:
        figure["months"] = row.band.months
    if scope:
        figure["scope"] = row.scope
    if bound:
        figure["bound"] = bound
    return {
        "id": "claim-1",
        "kind": "rate",
        "says": "A figure of the base itself.",
        "therapy": cell.therapy,
        "figures": [figure],
    }


#: In longer articles comparing each claim with all others takes most of the time.
CLAIMS_IN_AN_ARTICLE = 25


def verdict(*claims):
    """The verdicts on these claims, in as many articles as they need."""
    files = tuple(
        article(number, claims[number : number + CLAIMS_IN_AN_ARTICLE])
        for number in range(0, len(claims), CLAIMS_IN_AN_ARTICLE)
    )
    found = audit(BASE, ClaimsBase(files, ()))
    return [item.verdict for each in found.articles for item in each.claims]


def article(number, claims):
    """An article with these claims; what trials say is told, so none is asked of."""
    about = {"title": "An article", "kind": "other", "tells": ["randomised-trial"]}
    content = ClaimsFile.model_validate(
        {
            "id": f"article-{number}",
            "article": about,
            "claims": [{**item, "id": f"claim-{n}"} for n, item in enumerate(claims)],
        }
    )
    return LoadedClaims(content, f"article-{number}.yaml", "claims: []")


def as_printed(rate):
    """A proportion as `compare` prints it, and the word in front of it."""
    text = percent(rate)
    if text in ("<1", ">99"):
        return text[1:], {"<": "under", ">": "over"}[text[0]]
    return text, None


def test_the_base_has_figures_to_try():
    """More than a hundred figures are tried, pooled ones among them."""
    assert len(FIGURES) > 100
    assert sum(isinstance(cell.figure, Pooled) for _, cell in FIGURES) > 10


@pytest.mark.parametrize("scope", [True, False], ids=["scope", "no-scope"])
def test_no_printed_figure_is_called_wrong(scope):
    """A claim of a figure that `compare` prints is never over- or understated."""
    shown = [
        (row, cell, *as_printed(rate))
        for row, cell in FIGURES
        for rate in {cell.estimate, cell.mean} - {None}
    ]
    claims = [claim(*item, scope=scope) for item in shown]
    wrong = {
        (spoken(row, cell), said): found.word
        for (row, cell, said, _), found in zip(shown, verdict(*claims), strict=True)
        if found.word in WRONG
    }
    assert not wrong


def of_survival(endpoint, therapy, months, said, bound=None):
    """A claim that so many were alive at a time, or had died by then."""
    figure = {"endpoint": endpoint, "months": months, "percent": said}
    if bound:
        figure["bound"] = bound
    return {
        "id": "claim-1",
        "kind": "rate",
        "says": "A figure of the base itself.",
        "therapy": therapy,
        "figures": [figure],
    }


def test_no_printed_survival_is_called_wrong():
    """A claim of what `curve` and `compare` print is judged by that very figure."""
    claims = [
        of_survival(endpoint, therapy, months, *as_printed(share))
        for endpoint, therapy, months, share, _ in SURVIVAL
    ]
    assert {12, 24, 36, 60} <= {item[2] for item in SURVIVAL if item[1] == "hsct"}
    for (*_, share, ci), found in zip(SURVIVAL, verdict(*claims), strict=True):
        assert found.word not in WRONG
        assert found.findings[0].code == "survival-curve"
        told = found.findings[0].values["point"].rate
        assert (told.estimate, told.low, told.high) == pytest.approx((share, *ci))


@pytest.mark.thorough
def test_survival_is_never_called_wrong_within_its_interval():
    """Outside it, what a study allows all the same is said to lie outside."""
    tried, claims = [], []
    for (endpoint, therapy, months, _, (low, high)), said in product(
        SURVIVAL, range(0, 101, 3)
    ):
        if endpoint == CURVED[0]:
            tried.append(low - 0.005 <= said / 100 <= high + 0.005)
            claims.append(of_survival(endpoint, therapy, months, str(said)))
    found = list(zip(tried, verdict(*claims), strict=True))
    assert not [one for within, one in found if within and one.word in WRONG]
    outside = [one for within, one in found if not within]
    assert sum(one.word in WRONG for one in outside) > 0.9 * len(outside) > 100
    for one in outside:
        codes = {finding.code for finding in one.findings}
        assert one.word in WRONG or "outside-the-pooled-interval" in codes


def no_harm_though_others_saw_it(row, cell, said):
    """Whether a figure says that nobody came to harm, and another study differs."""
    harm = topic().endpoints[row.endpoint].family == "harm"
    return harm and said == "0" and any(item.events for item in cell.selection.included)


@pytest.mark.thorough
@pytest.mark.parametrize("scope", [True, False], ids=["scope", "no-scope"])
def test_no_counted_study_is_called_wrong(scope):
    """A claim of a study's rate that stands in a figure is not called wrong either.

    But for harm: one study without an event says nothing of the others, and "nobody"
    is false where one counted somebody.
    """
    shown = [
        (row, cell, *as_printed(item.rate))
        for row, cell in FIGURES
        for item in cell.selection.included
    ]
    claims = [claim(*item, scope=scope) for item in shown]
    wrong = {}
    for (row, cell, said, _), found in zip(shown, verdict(*claims), strict=True):
        if no_harm_though_others_saw_it(row, cell, said):
            assert found.word == "contradicted", spoken(row, cell)
        elif found.word in WRONG:
            wrong[spoken(row, cell), said] = found.word
    assert not wrong


def reported_rates(row):
    """Every rate that any record prints for an outcome and scope, at any time."""
    parts = topic().endpoints[row.endpoint].parts
    for study in BASE.studies:
        for result in study.results:
            if result.endpoint in (
                row.endpoint,
                *parts,
                topic().endpoints[row.endpoint].opposite,
            ):
                if result.percent is not None:
                    yield result.percent.value / 100
                if result.n and result.events is not None:
                    yield result.events / result.n
                    yield 1 - result.events / result.n


def outside(row, cell):
    """Whole percentages that no record and no interval of the figure allows."""
    rates = [item.rate for item in cell.selection.included]
    low, high = min(rates), max(rates)
    if isinstance(cell.figure, Pooled) and cell.figure.estimate.bound is not None:
        bound = cell.figure.estimate.bound.model
        low, high = min(low, bound), max(high, bound)
    if cell.ci is not None:
        low, high = min(low, cell.ci[0]), max(high, cell.ci[1])
    known = [*reported_rates(row), low, high]
    above = [p for p in range(101) if p / 100 > max(known) + 0.01]
    below = [p for p in range(101) if p / 100 < min(known) - 0.01]
    return above, below


def test_what_nothing_allows_is_always_called_wrong():
    """A value outside every study and the pooled interval is over- or understated."""
    tried, claims = [], []
    for (row, cell), ends in product(FIGURES, (0, 1)):
        values = outside(row, cell)[ends]
        if values:
            said = values[0] if ends == 0 else values[-1]
            good = topic().endpoints[row.endpoint].good is not False
            rosy = (ends == 0) == good
            tried.append((spoken(row, cell), said, "over" if rosy else "under"))
            claims.append(claim(row, cell, str(said)))
    assert len(tried) > 20
    missed = {
        name: (said, found.word)
        for (name, said, side), found in zip(tried, verdict(*claims), strict=True)
        if found.word != f"{side}stated"
    }
    assert not missed


@pytest.mark.thorough
def test_a_rosier_figure_never_earns_a_better_verdict():
    """Once a figure is too rosy, every rosier one is so too."""
    tried, claims = [], []
    for row, cell in FIGURES:
        good = topic().endpoints[row.endpoint].good is not False
        for said in range(0, 101, 4):
            tried.append((spoken(row, cell), said if good else 100 - said))
            claims.append(claim(row, cell, str(tried[-1][1])))
    worst, better = {}, {}
    for (name, said), found in zip(tried, verdict(*claims), strict=True):
        if found.word in {"overstated", "contradicted"}:
            worst.setdefault(name, said)
        elif name in worst:
            better[name] = (worst[name], said, found.word)
    assert len(worst) > 40
    assert not better


def test_nobody_came_to_harm_is_never_supported_where_a_study_counted_some():
    """The claim is false of every harm that a counted study saw."""
    seen = [
        (row, cell)
        for row, cell in FIGURES
        if topic().endpoints[row.endpoint].family == "harm"
        and any(item.events for item in cell.selection.included)
    ]
    claims = [claim(row, cell, "0") for row, cell in seen]
    words = {found.word for found in verdict(*claims)}
    assert len(seen) > 20
    assert words == {"contradicted"}


@pytest.mark.thorough
def test_neither_the_order_nor_the_wording_of_an_article_matters():
    """An article turned round and retold in other words is judged the same."""
    claims = [claim(row, cell, "40") for row, cell in FIGURES[::2]]
    retold = [{**item, "says": "Told in other words."} for item in reversed(claims)]
    words = [found.word for found in verdict(*claims)]
    assert [found.word for found in verdict(*retold)] == words[::-1]
    assert len(set(words)) > 3


@pytest.mark.parametrize("events", [(20, 30), (15, 25, 40), (30,)])
@pytest.mark.parametrize("said", ["40", "50", "55"])
def test_one_more_study_that_agrees_never_makes_a_true_claim_worse(world, events, said):
    """With a further study that reports the very figure, the claim is supported."""
    line = "endpoint: complete-remission, among: treated, at: 12"
    claimed = rate(said)
    world.studies(line, *events)
    before = world.verdict(claimed).word
    world.study(
        "agrees-2016", f"{line}, events: {int(said) * 6 // 10}, n: 60", year=2016
    )
    after = world.verdict(claimed).word
    assert after.startswith("supported")
    assert before != "not found"

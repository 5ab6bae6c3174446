"""Made-up values for every sentence of an audit, by template and macro."""

from functools import partial

from lupus_evidence.audit.background import Comparison, GivenFigure, OwnFigure
from lupus_evidence.audit.claimed_rates import said_of
from lupus_evidence.audit.directions import BothArms, Measured, ToldCourse
from lupus_evidence.audit.repeats import SharingStudy
from lupus_evidence.audit.survival import OnCurve
from lupus_evidence.audit.trials import TrialOutcome, UnreportedTrial
from lupus_evidence.audit.verdicts import VERDICT_KINDS, Counted, Evidence, ToldFigure
from lupus_evidence.documents.values import People, Rate
from lupus_evidence.pages.templates import WORDS
from lupus_evidence.reading.claims_read import NotUnderstood, Read, ReadPage, Spot
from lupus_evidence.records.claims import ClaimedRate
from lupus_evidence.records.field_types import Reported
from lupus_evidence.records.files import Place
from lupus_evidence.records.study import Result

TIMES = {
    "none": None,
    "ever": {"basis": "longest", "high": 60},
    "visit": {"months": 12, "basis": "visit"},
    "curve": {"months": 60, "basis": "kaplan-meier"},
    "mean": {"months": 27, "basis": "mean-follow-up"},
    "median": {"months": 30, "basis": "median-follow-up"},
    "best": {"months": 24, "basis": "best-ever"},
    "longest": {"months": 24, "basis": "longest"},
}
DOSE = "1 million cells per kg"
COMPLETE, SURVIVAL = "complete-remission", "overall-survival"


def sample(*given, **named):
    """Return what a macro takes."""
    return given, named


def time(kind):
    """Return a time as a record gives it."""
    at = TIMES[kind]
    return Result.model_validate({"endpoint": "death", "at": at}).at


def count(events=24, n=60, low=0.29, high=0.53, **more):
    """Return a count with its interval."""
    return Counted(People(events, n), Rate(events / n, low, high), **more)


def told(study="a-2015", endpoint=COMPLETE, counted=None, at="visit", **more):
    """Return a figure of a study."""
    values = {"scope": "lupus", "name": None, "n": 60, "treated": 60}
    values |= {"of_condition": True, **more}
    return ToldFigure(study, counted or count(), endpoint, time=time(at), **values)


def said(**figure):
    """Return what an article says of remission."""
    return said_of(ClaimedRate.model_validate({"endpoint": COMPLETE, **figure}))


def course(study="a-2015", way="falls", at="visit", unit=None, **values):
    """Return how a measurement went, with figures if there are any."""
    empty = {"before": None, "after": None, "change": None}
    figures = empty | {name: Reported(text) for name, text in values.items()}
    return ToldCourse(study, way, **figures, unit=unit, time=time(at))


def point(endpoint=SURVIVAL, estimate=0.88, *, one_group=False, reaching=4):
    """Return the figure of all studies together."""
    studies = ("a-2015", "b-2016", "c-2017", "d-2018")
    rate = Rate(estimate, 0.79, 0.94)
    values = (0.6, 0.97), studies, 225, reaching, one_group, (0.79, 0.94)
    return OnCurve("hsct", endpoint, 36, rate, *values)


def given(value=None, low=None, high=None, to=None, **more):
    """Return the figure of a source outside the records."""
    texts = {"value": value, "to": to, "low": low, "high": high}
    figures = {name: text and Reported(text) for name, text in texts.items()}
    about = {"label": "Source", "quantity": "incidence", "unit": "per-100000-a-year"}
    return GivenFigure(**(about | figures | {"centre": 9.0} | more))


FELL = course(before="10", after="6")
CHANGED = course("b-2016", change="-4", unit="points", at="curve")
WORDED = course("c-2017", at="none")
FEW = count(4, 8, 0.22, 0.78)
B_2016 = told("b-2016", "relapse", count(3, 30, 0.03, 0.26), at="none")
NAMED = told("c-2017", "other-harm", name="flare of gout", of_condition=False)
TRIAL = TrialOutcome(
    "t-2017", count(45, 60, 0.63, 0.84), count(42, 60, 0.57, 0.8), COMPLETE, "kidney"
)
SLEDAI = (Measured("disease activity score", ("SLEDAI", "BILAG")), Measured("C3", ()))
ASKED = sample(endpoint=COMPLETE, months=12, time="at")[1]
OFF = partial(Comparison, 1)
PERCENT = OwnFigure(Reported("0.5"), None, 500, in_100000=True)
RATIO = OwnFigure(Reported("24"), Reported("2"), 12, in_100000=False)
PLAIN = OwnFigure(Reported("24"), None, 24, in_100000=False)
DIVIDED = given("18", to="2", quantity="sex-ratio", unit="women-per-man")
PRINTED = Counted(People(None, 28), Rate(0.29, 0.15, 0.48), "29 ± 9 %")
TWO = ("a-2015", "b-2016")

WORDS_SHARED = {
    "people": [sample(1), sample(1200)],
    "counted": [
        sample(count(3, 6, 0.1876, 0.8124)),
        sample(count(1, 1, 0.21, 1.0)),
        sample(Counted(People(3, None), Rate(0.125))),
        sample(Counted(People(2, None), Rate(None))),
        sample(Counted(People(None, 48), Rate(0.5))),
        sample(Counted(People(None, 48), Rate(0.5)), plainly=True),
        sample(Counted(People(None, 28), Rate(0.29), "29 ± 9 %")),
        sample(PRINTED),
        sample(PRINTED, plainly=True),
        sample(Counted(People(None, None), Rate(0.3, 0.2, 0.4))),
        sample(Counted(People(None, 28), Rate(None))),
    ],
    "did": [
        sample(COMPLETE),
        sample(COMPLETE, "by Doe"),
        sample(COMPLETE, None, "kidney"),
        sample("any-remission", None, "lung"),
        sample("any-response", None, "lupus"),
        sample("any-response", None, "kidney"),
        sample("no-response", None, "blood"),
        sample("death", None, "kidney"),
        sample("other-harm", "flare of gout"),
        sample("other-harm"),
    ],
    "duration": [sample(each) for each in (1, 4.5, 6, 12, 27, 48)],
    "seen": [sample(time(kind)) for kind in TIMES],
    "when": [sample(time("none")), sample(time("visit"))],
    "asked": [
        sample(None, "at"),
        *(sample(48, each) for each in ("at", "within", "up-to", "at-least")),
    ],
    "of_hundred": [
        sample(point()),
        sample(point("death", 0.12)),
        sample(point(estimate=0.004)),
        sample(point(estimate=0.996)),
    ],
    "told": [
        sample(told()),
        sample(told(at="none")),
        sample(told(endpoint="serious-infection", at="none")),
        sample(NAMED, plainly=True),
    ],
    "with_study": [sample(told(scope="kidney"))],
    "told_all": [sample(()), sample((told(), B_2016))],
    "each": [sample(()), sample((told(), B_2016))],
    "times": [sample(each) for each in (2.0, 4.53, 97.3)],
    "said": [
        sample(said(percent="52.4")),
        sample(said(percent="90", bound="up-to")),
        sample(said(percent="50", to="70")),
        sample(said(amount="a-third")),
        sample(said(events=14, people=15)),
    ],
    "both_arms": [sample(TRIAL)],
    "course": [sample(each) for each in (FELL, CHANGED, WORDED)]
    + [sample(course(before="10", after="6", unit="points"))]
    + [sample(course(change="-4", at="none"))],
    "courses": [sample((FELL,)), sample((FELL, CHANGED))],
    "measured": [sample(SLEDAI[1:]), sample(SLEDAI)],
    "claims": [sample((15,)), sample((13, 14)), sample((2, 3, 4))],
    "short": [sample("msc"), sample("hsct"), sample("car-t")],
}

QUANTITIES = (
    ("incidence", "per-100000-a-year"),
    ("incidence", "per-100000"),
    ("incidence", "percent"),
    ("prevalence", "per-100000"),
    ("prevalence", "percent"),
    ("symptom-prevalence", "percent"),
    ("sex-ratio", "women-per-man"),
)
SOURCES = {
    "given": [
        sample(given(*values, quantity=quantity, unit=unit))
        for quantity, unit in QUANTITIES
        for values in (("10",), ("10", "8", "12"), (None, "9", "11"))
    ]
    + [
        sample(given("10", "8", "12"), plainly=True),
        sample(given("18", to="2", quantity="sex-ratio", unit="women-per-man")),
        sample(
            given("18", to="2", quantity="sex-ratio", unit="women-per-man"),
            plainly=True,
        ),
    ],
    "beside": [sample(OFF(2.5)), sample(OFF(None)), sample(Comparison(-1, None))],
    "compared": [
        sample(OFF(2.5)),
        sample(OFF(None)),
        sample(Comparison(-1, 2.5)),
        sample(Comparison(-1, None)),
    ],
    "own": [sample(PERCENT), sample(RATIO)],
    "off": [
        sample(PERCENT, OFF(100)),
        sample(RATIO, OFF(2)),
        sample(RATIO, OFF(None)),
        sample(RATIO, Comparison(-1, None)),
        sample(RATIO, Comparison(-1, 3)),
        sample(PERCENT, Comparison(-1, 3)),
        sample(PLAIN, OFF(4.5)),
    ],
    "off_in_brief": [sample(each, OFF(4.5)) for each in (PERCENT, RATIO, PLAIN)],
}

FINDINGS = {
    "figure-found": [
        sample(study="a-2015"),
        sample(study="a-2015", where="Table 2"),
        sample(study="a-2015", derived=True),
        sample(figures=(told(), B_2016)),
    ],
    "other-outcome": [
        sample(study="a-2015", endpoint=COMPLETE),
        sample(study="a-2015", endpoint=COMPLETE, scope="kidney"),
    ],
    "rounding": [
        sample(printed=Reported("52.4"), article=Reported("53")),
        sample(printed=Reported("52.4"), article=Reported("52")),
    ],
    "bound-word": [
        sample(article=said(percent="90", bound="up-to"), counts=count()),
        sample(article=said(amount="half"), counts=count()),
    ],
    "probability-as-count": [sample(events=14, people=15)],
    "time-not-said": [sample(time=time(kind)) for kind in ("visit", "best")],
    "other-time": [sample(months=12, time=time(kind)) for kind in TIMES],
    "people-differ": [
        sample(what="figure", there=24, article=1200),
        sample(what="figure", there=1, article=2, bound="at-least"),
        sample(what="treated", there=60, article=1200),
        sample(what="events", there=24, article=25),
        sample(what="enrolled", there=60, article=90),
    ],
    "detail-differs": [
        sample(what="enrolled", there=60, article=64),
        sample(what="age", there=Reported("33"), article=Reported("30")),
        sample(what="female_percent", there=Reported("90"), article=Reported("80")),
    ],
    "melted-denominator": [
        sample(n=19, treated=30),
        sample(n=19, treated=30, least=Counted(People(10, 30), Rate(1 / 3))),
    ],
    "few-people": [
        sample(),
        sample(n=1, counts=count(1, 1, 0.21, 1.0)),
        sample(n=8, counts=FEW),
    ],
    "wrong-kind-of-denominator": [
        *(sample(among=among) for among in ("survivors", "responders")),
        *(
            sample(among=among, wanted="survivors")
            for among in ("evaluable", "followed")
        ),
        sample(among="followed", everybody="treated", figure=told()),
    ],
    "part-of-the-group": [sample(), sample(subgroup="people with nephritis")],
    "retracted-report": [
        sample(study="a-2015"),
        sample(study="a-2015", date="2020-05"),
    ],
    "fails-check": [sample(study="a-2015")],
    "later-report-less-favourable": [sample(figure=told("b-2018"))],
    "no-control-group": [
        sample(),
        sample(study="a-2015"),
        sample(studies=1),
        sample(studies=3),
    ],
    "second-hand": [sample(study="a-2015")],
    "same-people-twice": [
        sample(again=(2, 3), first=True),
        sample(again=(1,)),
        sample(studies=("a-2013",), others=(SharingStudy("b-2015", (2,)),)),
        sample(
            studies=TWO,
            others=tuple(SharingStudy(name, (2, 3)) for name in ("c-1", "d-2", "e-3")),
        ),
        sample(studies=TWO),
    ],
    "figure-not-found": [sample(therapy="msc", article=said(percent="90"), **ASKED)],
    "flattering-end-of-the-range": [
        sample(figures=(told(), B_2016)),
        *(
            sample(article=Reported("80"), source=given(low="5", high="80"), top=top)
            for top in (True, False)
        ),
    ],
    "outside-the-pooled-interval": [
        sample(
            article=said(percent="60"),
            above=above,
            rate=Rate(0.2, 0.15, 0.26),
            people=2000,
            studies=TWO,
        )
        for above in (True, False)
    ],
    "within-the-studies": [
        sample(low=0.19, high=0.43),
        sample(low=0.19, high=0.43, article=said(percent="25")),
        sample(low=0.19, high=0.43, article=said(percent="25"), instead="relapse"),
    ],
    **{
        f"{side}-every-study": [
            sample(article=said(percent="90"), beyond_chance=False),
            sample(article=said(percent="90"), beyond_chance=True, instead=SURVIVAL),
        ]
        for side in ("above", "below")
    },
    **{
        f"{side}-few-people": [
            sample(article=said(percent="90"), beyond_chance=False, studies=1),
            sample(article=said(percent="90"), beyond_chance=True, studies=2),
        ]
        for side in ("above", "below")
    },
    "bound-holds": [
        sample(cited=True),
        sample(cited=False),
        sample(cited=False, together=True),
    ],
    "survival-curve": [sample(point=point()), sample(point=point(one_group=True))],
    "survival-curve-ends": [sample(months=36)],
    "other-group": [
        sample(study="a-2015", people=12),
        sample(study="a-2015", people=12, subgroup="women"),
        sample(study="a-2015", people=1, children=True),
        sample(study="a-2015", people=12, children=True),
    ],
    "other-disease": [
        sample(study="a-2015"),
        sample(study="a-2015", with_condition=20, enrolled=60),
        sample(share=Counted(People(20, 60), Rate(1 / 3))),
    ],
    "other-people-asked": [sample()],
    "events-not-people": [sample()],
    "which-cells-not-told": [sample(therapies=("msc", "hsct"))],
    "no-denominator": [sample(events=1), sample(events=12)],
    "cited-study-unknown": [sample(study="doe-2031")],
    "not-in-cited-study": [sample(study="a-2015", **ASKED)],
    "study-says-otherwise": [
        sample(figure=told(), article=said(percent="70")),
        sample(figure=told(), events=12),
    ],
    "part-of-the-total": [sample(figures=(told(), B_2016))],
    "part-not-checkable": [sample(part="the cost of the cells")],
    "more-harm-reported": [sample(article=said(amount="none"), figures=(B_2016,))],
    "harm-with-other-diseases": [sample(figures=(NAMED,))],
    "harm-left-out": [sample(figures=(B_2016, NAMED))],
    "harm-reported": [
        sample(therapy="msc", endpoint="relapse", figures=(B_2016,), more=0),
        sample(therapy="msc", endpoint="other-harm", figures=(B_2016, NAMED), more=2),
    ],
    "no-harm-data": [sample(therapy="msc")],
    "study-not-named": [sample(therapy="msc")],
    "direction-reported": [
        sample(studies=("a-2015",), examples=()),
        sample(studies=TWO, examples=(FELL, CHANGED)),
    ],
    "in-words-only": [sample()],
    "direction-contrary": [
        sample(
            changes=tuple(
                course(f"{way[0]}-2015", way) for way in ("falls", "rises", "unchanged")
            )
        ),
    ],
    "controls-changed-too": [
        sample(pairs=(BothArms(FELL, WORDED),)),
        sample(pairs=(BothArms(FELL, WORDED), BothArms(CHANGED, CHANGED))),
    ],
    "values-found": [sample(examples=(FELL, CHANGED))],
    "values-not-found": [
        sample(before=Reported("10"), after=Reported("6")),
        sample(before=None, after=Reported("6")),
        sample(before=Reported("10"), after=None),
    ],
    "values-differ": [
        sample(before=Reported("9"), after=Reported("5"), examples=(FELL,)),
    ],
    "randomised-trial-agrees": [sample(trials=("t-2017",), outcomes=(TRIAL,))],
    "randomised-trial-says-otherwise": [
        sample(trials=("t-2017", "u-2018"), outcomes=(TRIAL, TRIAL), open_yet=open_yet)
        for open_yet in (True, False)
    ],
    "no-randomised-trial": [sample(therapy="car-t")],
    "registered-trial-unreported": [
        sample(trials=(UnreportedTrial("nct-1", 1),)),
        sample(
            trials=(
                UnreportedTrial("nct-2", 81),
                UnreportedTrial("nct-1", 1),
                UnreportedTrial("nct-3", 0),
            )
        ),
    ],
    "relapse-reported": [sample(figures=(B_2016,))],
    "seen-that-late": [sample(months=60, figures=(told(),))],
    "study-found": [sample(study="a-2015")],
    "report-found": [
        sample(studies=("a-2015",), figures=()),
        sample(studies=TWO, figures=(told(),)),
    ],
    "report-not-found": [
        sample(),
        *(
            sample(looked=looked, searched=("sjögren", "gcmaf"), unknown=())
            for looked in (0, 1, 2)
        ),
        sample(looked=2, searched=("sjögren",), unknown=TWO),
    ],
    "opinion": [sample(view="It is not recommended.")],
    "reference-range": [
        sample(source=given("10", "8", "12")),
        sample(source=given("10"), comparison=OFF(100)),
        sample(source=given("10"), comparison=Comparison(-1, 5), note="As printed."),
    ],
    "no-source-for-figure": [sample()],
    "sources-differ": [sample(factor=9.1)],
    "dose-in-studies": [
        sample(dose=DOSE, studies=("a-2015",)),
        sample(dose=DOSE, studies=TWO),
    ],
}

#: The short form takes the same values, where there is one.
VERDICTS = {
    "found": [
        sample(figure=told()),
        sample(figure=told(n=40)),
        sample(figure=told(counted=Counted(People(None, 48), Rate(0.5)))),
    ],
    "reports": [
        sample(figures=figures, **ASKED)
        for figures in ((told(),), (told(), B_2016), (told(), NAMED, B_2016))
    ],
    "survival-curve": [sample(point=point()), sample(point=point(reaching=3)),
                       sample(point=point("death", 0.12))],
    "survival-curve-ends": [sample(months=36)],
    "single-studies": [sample(figures=(told(),)), sample(figures=(told(), B_2016))],
    "not-counted": [sample(**ASKED), sample(**ASKED | {"months": None})],
    "not-in-cited-study": [sample(study="a-2015", **ASKED)],
    "of-treatment": [sample(therapy="msc"), sample(therapy="hsct")],
    "no-denominator": [sample(events=1), sample(events=12)],
    "events-not-people": [sample()],
    "other-people-asked": [sample()],
    "other-disease": [
        sample(study="a-2015", with_condition=None, enrolled=60),
        sample(study="a-2015", with_condition=20, enrolled=60),
    ],
    "not-followed": [
        sample(study=None, therapy="msc", measures=SLEDAI),
        sample(study="a-2015", therapy="msc", measures=SLEDAI),
    ],
    "direction": [
        sample(direction="falls", measures=SLEDAI, agreeing=agreeing, contrary=contrary)
        for agreeing, contrary in (
            (("a-2015",), ()),
            (TWO, ()),
            ((), ("rises",)),
            (TWO, ("rises", "unchanged", "unchanged")),
        )
    ]
    + [sample(direction="rises", measures=SLEDAI[1:], agreeing=TWO,
              contrary=("falls", "rises", "unchanged"))],
    "harms": [
        sample(therapy="msc", figures=(B_2016, NAMED), deaths=False),
        sample(therapy="msc", figures=(), deaths=False),
        sample(therapy="msc", figures=(), deaths=True),
    ],
    "no-harm-data": [sample(therapy="msc")],
    "benefit": [sample(clear=clear, outcome=TRIAL) for clear in (True, False)],
    "no-randomised-trial": [sample()],
    "cure": [sample(figure=B_2016)],
    "no-relapse-counted": [sample()],
    "lasting": [sample(figure=told())],
    "not-seen-that-late": [sample(endpoint=COMPLETE, months=60)],
    "nothing-to-last": [sample()],
    "no-approvals": [sample()],
    "report": [sample(study="a-2015")],
    "no-report": [sample()],
    "no-such-study": [sample()],
    "account": [
        sample(study="a-2015", people=people, with_condition=lupus,
               of_condition=of_condition, figures=figures)
        for people, lupus, of_condition, figures in (
            (60, 60, True, ()),
            (None, None, True, ()),
            (60, 20, True, (told(), B_2016)),
            (900, 85, False, (told(),)),
        )
    ],
    "source": [sample(source=given("10", "8", "12"), article=each, comparison=OFF(4.5))
               for each in (PERCENT, RATIO, PLAIN)],
    "sources": [
        sample(unit=unit, quantity=quantity, low=8.0, high=12.5)
        for quantity, unit in QUANTITIES
    ],
    "no-reference": [sample()],
    "dose": [
        sample(value=Reported("80"), per_kg=False, studies=("a-2015",)),
        sample(value=Reported("1"), per_kg=True, studies=TWO),
    ],
    "other-dose": [
        sample(therapy="uc-msc", dose=DOSE, low=low, high=90.0, light=50, heavy=90,
               least=2.5, most=4.5)
        for low in (50.0, 90.0)
    ],
    "no-dose": [sample()],
}  # fmt: skip

SPOT = Spot("In mice 80 % survived.", 4, 47, 68, "")
FIGURE = {"therapy": "msc", "endpoint": COMPLETE}
FALL = {"therapy": "msc", "measure": "sledai", "direction": "falls"}
MANY = Read(SPOT, "rate", "msc", SURVIVAL, percent="90", people=87)


def read(kind="rate", **values):
    """Return a claim as it was understood."""
    return sample(Read(SPOT, kind, **(FIGURE if kind == "rate" else {}) | values))


def page(*claims, missing=0, of_condition=True, sentences=6):
    """Return what was read of a page, and what stands beside it."""
    left = (NotUnderstood(SPOT, "80 %", "animals"),) * missing
    score = (("supported", 1), ("overstated", 1))
    return sample(
        ReadPage("Stem cells for lupus", sentences, claims, left, of_condition),
        *(len(claims), len(claims), score, VERDICT_KINDS),
    )


READING = {
    "summary": [
        page(MANY, MANY),
        page(MANY, missing=1),
        page(missing=2),
        page(sentences=1),
        page(of_condition=False),
    ],
    "read_as": [
        read(percent="50", months=48, people=87, amount="half", cites="wang-2013",
             carried={"therapy": "sentence", "cites": "sentence", "people": "title"}),
        read(percent="50", to="70", people=1),
        read(percent="50", events=3, people=6),
        read(events=3, people=6),
        read(percent="90", bound="at-least", scope="kidney"),
        read(events=1),
        read(events=5, counts="events", therapy="unspecified"),
        read(percent="50", could_be=("a-1", "b-2", "c-3")),
        read(percent="50", could_be=("a-1", "b-2", "c-3", "d-4")),
        *(read(percent="50", months=12, time=each) for each in WORDS["read_times"]),
        *(read(percent="50", who=each) for each in WORDS["read_who"]),
        *(read(percent="50", among=each) for each in WORDS["read_among"]),
        *(read(percent="50", carried={"months": each}) for each in WORDS["read_from"]),
        read("direction", **FALL, before="10", after="6", months=12),
        read("direction", **(FALL | {"direction": "rises"})),
        *(
            read("background", quantity=each, unit="percent", percent="1", to="2")
            for each in WORDS["read_quantities"]
        ),
        *(
            read("background", quantity="incidence", unit=each, percent="1")
            for each in WORDS["read_units"]
        ),
        *(read("statement", therapy="msc", topic=each)
          for each in WORDS["read_topics"]),
    ],
    "not_understood": [
        sample(NotUnderstood(SPOT, "80 %", each)) for each in WORDS["read_missing"]
    ],
    "not_understood_title": [sample()],
    "check_reading": [sample()],
    "quoted": [sample("Half were well.")],
    "same_sentence": [sample()],
    "next_to_article": [sample()],
}  # fmt: skip

ARTICLE = {
    "kind": "clinic-page",
    "publisher": "A clinic",
    "url": "https://example.org",
    "seen": "2026-01-02",
    "claims": (1, 2, 3),
    "score": (("supported, context missing", 2), ("overstated", 1)),
}
COMMAND = "lupus-evidence audit page.txt"
KINDS = VERDICT_KINDS.values()
PAGE = {
    "spoken": [sample(kind) for kind in KINDS],
    "in_brief": [sample(kind) for kind in KINDS],
    "score_in_brief": [sample(ARTICLE, VERDICT_KINDS)],
    "score": [sample(ARTICLE), sample(ARTICLE | {"claims": (1,)})],
    "source": [
        sample(ARTICLE),
        sample(ARTICLE | {"publisher": None, "url": None, "seen": None}),
    ],
    "left_out": [sample(("one thing",)), sample(("one thing", "another"))],
    "as_before": [sample(10)],
    "finding": [sample("A finding.", ()), sample("A finding.", ("a.yaml:3", "b:4"))],
    "shared": [
        sample(7, ({"short": "", "code": "figure-found"}, {"short": "said later"})),
    ],
    "spot": [
        sample(Evidence("a-2015", "death", Place("a-2015.yaml", 12, 5))),
        sample(Evidence("a-2015", "death", Place("a-2015.yaml", 12, 5),
                        where="Table 2")),
    ],
    "brackets": [sample(95)],
    "next_to_brief": [sample(COMMAND, 4, 95)],
    "next_to_summary": [sample(COMMAND)],
    "next_to_full": [sample("a-2015")],
    "no_article": [sample()],
}  # fmt: skip

#: Every template of an audit, in the order in which a reader meets them.
SAMPLES = {
    "audit.j2": PAGE,
    "reading.j2": READING,
    "evidence.j2": VERDICTS,
    "findings.j2": FINDINGS,
    "sources.j2": SOURCES,
    "audit_words.j2": WORDS_SHARED,
}

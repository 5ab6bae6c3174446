"""What the words in records and outputs mean, for `explain`."""

from __future__ import annotations

from lupus_evidence.vocabulary import (
    DENOMINATORS,
    DESIGNS,
    READINGS,
    STATUSES,
    TIME_BASES,
    Band,
    Family,
    filled,
    topic,
)

_RECORDS: dict[str, str] = {
    "study": "One report of one group of people, named after its first author and "
    "year. Registered trials without results are studies too: what was never "
    "published is shown.",
    "arm": "The people in a study who were given one therapy.",
    "therapy": "What an arm was given. A narrower name is part of its wider one, as "
    "uc-msc is of msc.",
    "endpoint": "What was counted: people alive, in remission, with a response, with a "
    "relapse or another harm.",
    "appraisal": "How far a study's figures may be off because of how it was done, "
    "judged by a tool, domain by domain, each answer with its reason.",
    "bias": "Risk of bias: whether a figure may be off because of how its study was "
    "done. + low, ~ some concerns, x high, ? not told; nothing where nobody judged.",
    "definition": "What the paper meant by a remission, a response or a harm. Studies "
    "use one word for different things, so read it before setting two side by side.",
    "result": "One arm, one endpoint, one time, and either a count (3 of 6) or an "
    "estimate (a percentage from a curve).",
    "among": "Whom a rate was divided by: enrolled, treated, evaluable, followed, "
    "survivors or responders. Rates with different denominators are not pooled.",
    "enrolled": "Denominator: everybody who entered, treated or not.",
    "treated": "Denominator: everybody who was given the therapy.",
    "evaluable": "Denominator: those treated for whom the outcome is known.",
    "followed": "Denominator: those still under observation at that time. People who "
    "died or left are not in it, so the rate can rise while nobody gets better.",
    "survivors": "Denominator: those still alive. A rate among survivors leaves the "
    "deaths out.",
    "responders": "Denominator: those who got better first. Relapse is asked among "
    "them.",
    "unstated": "The source does not say.",
    "scope": "What a remission or response was judged on: {condition} as a whole, or "
    "one organ, such as the kidney. Only one scope goes into a pooled figure.",
    "reading": "How a figure was seen (read from): in the paper's full text, in its "
    "abstract, in a trial registry, or only second hand.",
    "read-from": "How a figure was seen: see reading.",
    "article": "A page about {condition} and its treatment, a clinic's or a "
    "newspaper's. `audit` reads it by rules and says at each claim how it was "
    "understood.",
    "unspecified": "Therapy of a claim: stem cells, and the article does not say "
    "which. The claim is compared with each kind.",
    "derived": "A figure that nobody printed and that follows exactly: those alive are "
    "those treated less those who died.",
    "primary-full-text": "Reading: the figure stood in the paper's own text or tables.",
    "primary-abstract": "Reading: the figure stood in the paper's own abstract.",
    "registry": "Reading: the figure stood in a trial registry. Design: patients "
    "reported by many centres to one data base.",
    "secondary": "Reading: only a review, a press release or another page said so.",
    "retracted": "A journal took the report back (notices). It is shown with a mark "
    "and is in no figure. An expression of concern is a doubt of the journal: the "
    "report counts, with a footnote.",
    "to-read": "Status of a record that waits to be filled in: `check` counts its "
    "blanks, and no list or figure uses it.",
    "screening": "Which of the reports found are records, and why the others are not: "
    "by title and abstract, then by the full text. `flow` draws it.",
    "known": "A report that an import finds among the records, or left out at "
    "screening: the same DOI, PubMed or PubMed Central number, else title, year and "
    "first author, and no such number against it; a register's entry also by its "
    "registration.",
    "look-alike": "A report of an imported file that looks like a known one and is "
    "not the same by the rules: a preprint and its article, a slip in the title, "
    "another year. It is shown beside the other one and written only with --alike.",
    "overlap": "Two studies share people, certainly or likely. In one pooled figure no "
    "person is counted twice: of studies that share people, those stay that have the "
    "most people in all and share none.",
    "kaplan-meier": "An estimate of the share who stay free of an event, which also "
    "uses people who were not followed to that time. It is not a count.",
    "cumulative-incidence": "An estimate of the share who had an event by a time, "
    "allowing for deaths from other causes. It is not a count.",
    "estimate": "A percentage that is no count of people, most often read from a "
    'survival curve. "est. of 28" says how many people the curve is about.',
    "follow-up": "How long people were watched after the treatment. What happened "
    "later is not in the figures.",
    "time-not-stated": "The source gives a figure and not the time it is for. Such "
    "figures are compared only with one another.",
    "interval": "Where the true rate may lie. With few people it is wide: 3 of 6 is "
    "50 %, and anything from 19 to 81 % would fit.",
    "median-follow-up": "The time is the middle of how long people were followed, not "
    "a visit that everybody had.",
    "mean-follow-up": "The time is the average of how long people were followed, not a "
    "visit that everybody had.",
    "best-ever": "The best state somebody reached at any time, even if it did not "
    "last. It is no state at a visit, so such figures stand in a band of their own.",
    "any-time": "The band of what is no function of the visit: a death from the "
    "treatment falls in the weeks after it, whenever the study counts it. Such an "
    "endpoint has one figure over all times.",
    "refractory": "Earlier treatment had failed. Whose words these are stands in the "
    "record.",
    "published": "Status: an article, an abstract or a thesis gives results.",
    "registered": "Status: a trial in a registry, without published results here.",
    "withdrawn": "Status: a registered trial that was called off.",
    "acknowledged": "A printed figure fails a check, and the record says why it stays "
    "as printed.",
    "single-arm-trial": "Design: everybody got the treatment; there is nobody to "
    "compare with.",
    "randomised-trial": "Design: chance decided who got which treatment, so the groups "
    "can be compared.",
    "controlled-trial": "Design: two groups side by side, not by chance.",
    "comparative-cohort": "Design: two groups observed side by side, not by chance.",
    "cohort": "Design: people treated at a place and time, looked at afterwards.",
    "case-series": "Design: a few people described one after another.",
    "case-report": "Design: one person described. Statement, in a claims file: such a "
    "report exists.",
}

#: What stands in tables without being a word.
_SIGNS: dict[str, str] = {
    "–": "Nothing is known: the source does not say, or nobody counted it.",
    "?": "Not stated. Above a column: the time is not stated. After a year or a place: "
    "it was inferred. In a receipt: the records have no _base.yaml that says it.",
    "*": "A note below the table says what to bear in mind.",
    "+": "After a rate: it is about part of the group that was treated.",
    "!": "After a rate: the printed figure fails a check and stays; "
    "`lupus-evidence show STUDY --failing` says why.",
    "mind": "In tables: what to bear in mind of a row, such as that people with other "
    "diseases are in it.",
}

_COMPARISONS: dict[str, str] = {
    "pooled": "Several studies taken together in one figure, in which no person is "
    "counted twice. It is the rate of a typical centre, not the sum of all people.",
    "unadjusted": "A difference between people of different studies, without allowing "
    "for how they differed in age, illness or follow-up. It is not the effect of one "
    "treatment over the other.",
    "percentage-points": "One percentage less another: from 42 % to 50 % is 8 "
    "percentage points.",
    "rate": "Of so many people, so many had it, in percent; in brackets where the true "
    "rate may lie (see interval).",
    "reports": "In `list`: the families of endpoints that a study gives results for.",
    "events": "People who had the outcome, out of n. Each person counts once.",
    "n": "Out of how many people: the denominator (see among).",
    "left-out": "Published results that are in no figure, each with its reason: other "
    "reports on the same people, another denominator, another disease, no number.",
    "trials": "Studies with two arms side by side. What they found stands first, "
    "because their groups can be compared; several are pooled. By lot: chance decided "
    "who was given which.",
    "control": "The people in the same study who did not get the treatment. Without "
    "them nobody knows what would have happened anyway.",
    "imprecision": "Certainty is lower because a figure rests on few people or events, "
    "or its interval is wide.",
    "inconsistency": "Certainty is lower because studies differ, or only one or two "
    "studies tell.",
    "indirectness": "Certainty is lower because people, outcome or time are not quite "
    "those that were asked about.",
    "risk-of-bias": "Certainty is lower because of how a study was made, or because "
    "nobody could judge it. While nobody has judged a study, nothing that rests on it "
    "is above low. `explain tools` names what studies are judged by.",
    "publication-bias": "Certainty is lower because results may be missing: registered "
    "studies that told none, or small series alone, which are told of when they went "
    "well.",
    "risk-ratio": "How many times as often it happened with one treatment as with the "
    "other: 1.60 is 60 % more often, 1 as often. Relative effect.",
    "odds-ratio": "The odds of having it with one treatment, over those with "
    "the other: the scale on which trials are pooled. It is further from 1 than "
    "the risk ratio.",
    "risk-difference": "Of 100 people, how many more or fewer had it with one "
    "treatment than with the other.",
    "mantel-haenszel": "The usual way to put trials together as if the treatment did "
    "the same in each: every trial's difference, weighted by its people. It can be "
    "worked out by hand.",
    "new-trial": "Where what one more trial like these finds probably lies: the 95 % "
    "prediction interval of trials.",
    "people": 'Whom a figure is about. "3 of 6": three of the six people of one '
    'study. "90 in 3": ninety people in three studies.',
    "typical-centre": "The middle of the rates that centres like these have: half have "
    "a higher one, half a lower one. It is what a pooled figure and its interval are "
    "about. What becomes of people over all centres is the mean rate.",
    "mean-rate": "The average of the rates that centres like these have: over all "
    "people and centres, so many of 100. It differs from the typical centre's rate "
    "where centres differ, most where a rate is near 0 or 100 %.",
    "at-least": "Where a rate leaves some of those treated out: of everybody treated, "
    "so many had the outcome at the least. Who is not counted may or may not have had "
    "it.",
    "share": "In a forest plot: how much of the pooled figure's information comes from "
    "one study. It is not a share of the people.",
    "certainty": "How sure anyone can be of a figure, after GRADE: high, moderate, low "
    "or very low. A rate (how often it happens) starts at high, an effect of "
    "randomised trials too, one without a lot at low; each of five domains takes a "
    "level or more where it has a reason.",
    "high": "Certainty: the true figure is very probably close to this one.",
    "moderate": "Certainty: the true figure is probably close to this one.",
    "low": "Certainty: the true figure may be quite different from this one.",
    "very-low": "Certainty: the true figure is probably quite different from this one.",
    "new-centre": "Where the rate of one more centre like these probably lies: the "
    "95 % prediction interval. It is wide where the studies differ.",
    "prediction-interval": "Where the rate of one more centre like these probably "
    "lies. A pooled interval is about the typical centre and is narrower.",
    "credible-interval": "Interval: the range that holds the true value with 95 % "
    "probability, given the model and what it assumes beforehand (its prior).",
    "confidence-interval": "Interval: made so that 95 of 100 such ranges hold the true "
    "value.",
    "posterior": "What the pooled model holds likely after it has seen the studies: "
    "the prior, changed by the counts. The figure shown is its middle, the interval "
    "holds the middle 95 %.",
    "prior": "What the pooled model assumes before it sees the studies: any typical "
    "rate may be, and most centres differ somewhat. Every output states it. Beside a "
    "figure: its interval depends more on how much centres are assumed to differ than "
    "on what the studies show.",
    "tau": "How much centres differ: the standard deviation of their rates on the "
    "logit scale. At 0 all are alike; at 1, with a typical rate of 50 %, two centres "
    "in three lie between 27 and 73 %.",
    "i2": "I²: of the spread between the studies' rates, the share that chance does "
    "not explain. With few studies it says little.",
    "logit": "The scale on which rates are pooled: ln(p / (1 - p)) of a rate p.",
    "vary": "The studies differ too much for one number to stand for all of them: look "
    "at each study, and at where a new centre's rate would lie.",
    "fails-check": "Left out: the result contradicts itself or its record, so that one "
    "of the numbers is wrong. `check` says which.",
    "few-people": "Left out: a report on so few people is shown and not pooled. Of a "
    "figure: the certainty is lower, because it rests on few people.",
    "no-study": "No study of this therapy reports this at about this time.",
    "none-usable": "Studies report this, and none with a number that can be used: "
    "`compare --explain` says why of each.",
    "sensitivity": "The same figure by every other choice: method, overlap, readings, "
    "conference abstracts. A conclusion that changes is marked as a flip.",
    "flip": "Another choice changes the conclusion: which therapy is ahead (DIRECTION) "
    "or whether the interval leaves out no difference (CLARITY).",
    "receipt": "What it takes to get the same figures again: version, records, method, "
    "choices.",
    "wilson": "Interval of one study's rate, in tables: near 95 % on average.",
    "exact": "Interval of one study's rate, in comparisons: Clopper and Pearson's, "
    "never below 95 %.",
    "jeffreys": "Interval of one study's rate, on request: near 95 % on average.",
    "bayes": "Method: the default, a model in which each centre has its own rate, with "
    "a prior. Chosen because its intervals hold what they promise with few studies.",
    "glmm": "Method: the same model as bayes by maximum likelihood, without a prior.",
    "reml": "Method: inverse variance on the logit scale, the spread between studies "
    "by restricted maximum likelihood. For comparison with other software.",
    "ml": "Method: as reml, the spread by maximum likelihood.",
    "pm": "Method: as reml, the spread after Paule and Mandel.",
    "dl": "Method: as reml, the spread after DerSimonian and Laird.",
    "common": "Method: as reml, with one rate for all centres, which is seldom true.",
    "freeman-tukey": "Method: rates on the double arcsine scale. It can mislead, so it "
    "carries a warning.",
    "largest": "Overlap: of studies that share people, the most people in all stay.",
    "latest": "Overlap: of studies that share people, the latest reports stay.",
    "keep-all": "Overlap: all studies stay, and people are counted more than once.",
    "grim": "A check whether any whole number of people gives a printed percentage.",
}

_CLAIMS: dict[str, str] = {
    "claim": "One figure or one idea of an article, in a claims file, in your own "
    "words. Kinds: rate, background, direction, statement.",
    "claims": "What an article says, in a file that `new NAME --claims` begins and "
    "`audit` checks.",
    "says": "In a claims file: the claim in your own words.",
    "cites": "In a claims file: the record of the study that the article names. The "
    "claim is then judged by that study alone; how it stands against all is said "
    "beside. Leave it out where the article leaves any doubt.",
    "tells": "In a claims file: what the article says beside a claim, so that it is "
    "not held to be left out: no-control, harms, denominator, randomised-trial, "
    "registered.",
    "bound": "In a claims file: the article's word in front of a percentage: about, "
    "over, at-least, up-to, under, nearly.",
    "amount": "In a claims file: a word instead of a percentage: all, nearly-all, most "
    "(more than half), three-quarters, two-thirds, half, a-third, a-quarter, many (a "
    "third or more), some, few (under one in ten), none.",
    "topic": "In a claims file: what a statement without a figure is about, such as "
    "few-harms or cure.",
    "who": "In a claims file: whom a claim is about, where not everybody with "
    "{condition}: children, kidney, other-disease, several-diseases.",
    "review": "In a claims file, review: true says that a figure is a review's, of "
    "several studies together.",
    "no-control": "In tells: the article says that nobody went without the treatment.",
    "few-harms": "Statement: there are few side effects. It is held against every "
    "serious harm that studies of the treatment count.",
    "no-harms": "Statement: there are no side effects. One person harmed contradicts "
    "it, and no study is large enough to support it.",
    "warns-of-harm": "Statement: the treatment can do harm. Any harm that a study saw "
    "supports it.",
    "safe-and-effective": "Statement: judged on both words, safe by harms counted, "
    "effective by randomised trials; the worse of the two stands.",
    "expert-agreement": "Statement: experts agree that it works. What they think is "
    "not in the records; a randomised trial is.",
    "better-than": "Statement: better than another treatment. Only trials in which "
    "chance decided who got which can answer it.",
    "lasting": "Statement: the effect lasts. Answered by who still had the outcome at "
    "that time or later.",
    "cure": "Statement: it cures. Answered by how many relapsed; no study can show a "
    "cure.",
    "approval": "Statement: an authority approved it. The records do not hold that.",
    "study-account": "Statement: what a study did, such as how many people it had.",
}

_NO_CLOCK = (
    "It is counted at any time: one figure, whenever the study looked (see any-time)."
)

FAMILY_MEANINGS: dict[Family, str] = {
    "survival": "Survival is being alive, or alive and free of something, at a time.",
    "remission": "Remission is little or no disease left, as the paper defines it. "
    "Where an article says that people got better, that is a response; where it says "
    "that they stayed free of disease to a time, that is disease-free survival.",
    "response": "A response is disease that got better and need not be gone, as the "
    "paper defines it. Little or no disease left is remission.",
    "harm": "A harm is something bad that happened, whatever its cause.",
    "other": "What is neither, such as doing without all drugs.",
}

#: Names of the ways to pool.
METHODS = ("bayes", "glmm", "reml", "ml", "pm", "dl", "common", "freeman-tukey")

_LISTED = {
    *DESIGNS,
    *READINGS,
    *STATUSES,
    *DENOMINATORS,
    *METHODS,
    *TIME_BASES,
}


def words() -> dict[str, str]:
    """Return the words that are no name of a vocabulary, with their meaning."""
    every = {**_RECORDS, **topic().words, **_SIGNS, **_COMPARISONS, **_CLAIMS}
    named = {*_LISTED, *topic().measures, *topic().scope_names}
    return {
        name: filled(text, topic().condition)
        for name, text in sorted(every.items())
        if name not in named
    }


def glossary() -> dict[str, str]:
    """Return every term with its meaning, in a stable order."""
    terms = {
        **_RECORDS,
        **topic().words,
        **{name: f"Scope: {row.meaning}" for name, row in topic().scopes.items()},
        **_SIGNS,
        **_COMPARISONS,
        **_CLAIMS,
        "i²": _COMPARISONS["i2"],
    }
    for family, text in FAMILY_MEANINGS.items():
        rows = topic().endpoints.values()
        names = [row.name for row in rows if row.family == family]
        terms[family] = f"Endpoints: {', '.join(names)}. {text}"
    for therapy in topic().therapies.values():
        part = f"Part of {therapy.wider}." if therapy.wider else ""
        about = (f"Therapy: {therapy.label}.", part, therapy.plainly)
        terms[therapy.name] = " ".join(text for text in about if text)
    for endpoint in topic().endpoints.values():
        about = (
            f"Endpoint ({endpoint.family}): {endpoint.label}.",
            "" if endpoint.family == "other" else FAMILY_MEANINGS[endpoint.family],
            "" if endpoint.clock else _NO_CLOCK,
        )
        terms[endpoint.name] = " ".join(text for text in about if text)
    for name, label in topic().measures.items():
        terms.setdefault(name, f"Measurement: {label}.")
    condition = topic().condition
    return {name: filled(text, condition) for name, text in sorted(terms.items())}


def stretch(band: Band) -> str:
    """Return the stretch of time that a band stands for; its label if it is none."""
    if band.months is None:
        return band.label
    until = "on" if band.high == float("inf") else f"to before {band.high:g}"
    return f"from month {band.low:g} {until}"

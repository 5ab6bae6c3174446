"""What one sentence mentions: people, figures, outcomes, and words about them."""

import pytest

from lupus_evidence.reading.mentions import Mentions


def figures(text):
    """Return the figures of a sentence, those that count people with an outcome too."""
    return [
        (text[item.start : item.end], item.form, item.percent, item.events)
        for item in Mentions(text).figures
    ]


def named(text, kind):
    """Return the words of a kind that a sentence mentions, each with its name."""
    found = getattr(Mentions(text), kind)
    return [(text[item.start : item.end], item.name) for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 died.", [("12", 12)]),
        ("Nine of them relapsed, 4 died.", [("Nine", 9), ("4", 4)]),
        ("At two years 12 died.", [("12", 12)]),
        ("After a year 13 died.", [("13", 13)]),
        ("At least two died, then 3 died.", [("two", 2), ("3", 3)]),
        ("At least one died, 4 relapsed.", [("4", 4)]),
        ("5 died before transplantation, 6 died later.", [("6", 6)]),
        ("2018 died, 6 died.", [("6", 6)]),
        ("0 died, 6 died.", [("6", 6)]),
        ("In year 13 died some, 6 died.", [("6", 6)]),
        ("In grade 3 infection, 6 died.", [("6", 6)]),
        ("At 12 died some.", []),
        ("12 months died away.", []),
        ("12 mice sang, then death came.", []),
    ],
)
def test_people_with_an_outcome_are_counted_where_only_they_are_told(text, expected):
    """Not a year, a day, a grade; not before treatment, nor nobody."""
    found = [(words, events) for words, form, _, events in figures(text)]
    assert found == expected
    assert all(form == "count" for _, form, _, _ in figures(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the percentage in brackets behind a count is of the same people
        (
            "12 patients had a relapse (about 60 %) and 3 of 6 died, 2 relapsed.",
            [
                ("12", "percentage", "60", 12),
                ("3 of 6", "counted", None, 3),
                ("2", "count", None, 2),
            ],
        ),
        (
            "12 relapsed, 60 %.",
            [("12", "count", None, 12), ("60 %", "percentage", "60", None)],
        ),
        (
            "12 relapsed (half).",
            [("12", "count", None, 12), ("half", "share", "50", None)],
        ),
        (
            f"12 patients had a relapse, which was {'as a rule ' * 4}mild (60 %).",
            [("12", "count", None, 12), ("60 %", "percentage", "60", None)],
        ),
        # the same people told again
        ("3 of 20 died: 3 died at once.", [("3 of 20", "counted", None, 3)]),
        (
            "3 of 20 died: 4 relapsed.",
            [("3 of 20", "counted", None, 3), ("4", "count", None, 4)],
        ),
        (
            "12 patients (60 %) relapsed and 12 patients died.",
            [
                ("12 patients (60 %)", "percentage", "60", 12),
                ("12", "count", None, 12),
            ],
        ),
    ],
)
def test_a_count_and_its_percentage_are_one_figure(text, expected):
    """In order, and each group of people once."""
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No infection and no new deaths.", ["No", "no"]),
        ("In 20 of them no deaths were seen.", ["no"]),
        ("No treatment-related death.", ["No"]),
        ("It came without a single infection.", ["without a single"]),
        # no harm, one that has no name, or one that is denied of some only
        ("No remission was seen.", []),
        ("No other harm was seen.", []),
        ("40 % had no infection.", ["40 %"]),
        ("Half were well. No infection.", ["Half", "No"]),
        ("No patients died.", ["No patients"]),
        ("No word of an infection.", []),
        ("No patients died, and no infection came.", ["No patients", "no"]),
    ],
)
def test_no_deaths_is_nobody(text, expected):
    """Said of everybody, of a harm that has a name."""
    assert [words for words, *_ in figures(text)] == expected
    found = [item for item in Mentions(text).figures if item.form == "none"]
    assert all((item.percent, item.amount) == ("0", "none") for item in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Relapse came.", [("Relapse", "relapse")]),
        # in other words there is no outcome
        ("Immune responses are many.", []),
        ("Cell death is seen; later, in the second year, relapse came.", ["relapse"]),
        ("It is said of them that cell death is seen.", []),
        ("It is said that a death of the cells came.", []),
        ("They are responsible; in the next year 3 relapsed.", ["relapse"]),
        ("Survival among responders was 40 %.", ["overall-survival"]),
        # a word that says what a harm is
        ("Cytokine release syndrome, usually a fever.", ["cytokine-release-syndrome"]),
        ("CRS, a fever, or death.", ["cytokine-release-syndrome", "death"]),
        (
            "CRS and fever and infection.",
            ["cytokine-release-syndrome", "adverse-event", "infection"],
        ),
        ("Remission, a fever.", ["any-remission", "adverse-event"]),
        ("CRS, an infection.", ["cytokine-release-syndrome", "infection"]),
        # denied of everybody, and of those who had it
        ("There was no relapse.", [("relapse", "relapse")]),
        ("They had no relapse.", [("no relapse", "no-relapse")]),
        (
            "They had a bad year, then at long last, no relapse.",
            [("relapse", "relapse")],
        ),
    ],
)
def test_outcomes_are_named_as_the_vocabulary_names_them(text, expected):
    """Whole idioms are none; "no relapse" is a relapse in nobody."""
    found = named(text, "outcomes")
    if expected and isinstance(expected[0], str):
        found = [name for _, name in found]
    assert found == expected


COMPLETE, PARTIAL = "complete-remission", "partial-remission"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # two kinds with a figure each
        (
            "Relapse, complete and partial remission: 9 %, 40 % and 20 %; death.",
            [
                ("Relapse", "relapse"),
                ("complete", COMPLETE),
                ("partial remission", PARTIAL),
                ("death", "death"),
            ],
        ),
        (
            "Partial and complete remission in 40 % and 20 %.",
            [("Partial", PARTIAL), ("complete remission", COMPLETE)],
        ),
        (
            "Complete/partial response in 40 % and 20 %.",
            [("Complete", COMPLETE), ("partial response", "partial-response")],
        ),
        (
            "Complete or partial remission in 40 %.",
            [("Complete or partial remission", "any-remission")],
        ),
        # one kind after the other
        (
            "Complete remission in 40 % and partial in 20 %.",
            [("Complete remission", COMPLETE), ("partial", PARTIAL)],
        ),
        (
            "Major response in 40 %, partial in 20 %.",
            [("Major response", "major-response"), ("partial", "partial-response")],
        ),
        (
            "Partial response in 40 %, complete in 20 %.",
            [("Partial response", "partial-response"), ("complete", COMPLETE)],
        ),
        (
            "Partial remission in 40 %, complete in 20 %.",
            [("Partial remission", PARTIAL), ("complete", COMPLETE)],
        ),
        (
            "No response in 40 %, partial in 20 %.",
            [("No response", "no-response"), ("partial", "partial-response")],
        ),
        ("Relapse in 40 %, partial in 20 %.", [("Relapse", "relapse")]),
        ("In 40 % it was partial.", []),
        (
            "Partial remission in 40 %, complete recovery of the kidney.",
            [("Partial remission", PARTIAL), ("complete recovery", COMPLETE)],
        ),
        (
            "Partial remission in 40 %, full healing.",
            [("Partial remission", PARTIAL)],
        ),
        (
            "Infection in 40 %, they were serious in 20 %.",
            [("Infection", "infection"), ("they were serious", "serious-infection")],
        ),
        (
            "Side effects in 40 %, serious ones in 20 %.",
            [
                ("Side effects", "adverse-event"),
                ("serious ones", "serious-adverse-event"),
            ],
        ),
        ("Remission in 40 %, serious ones in 20 %.", [("Remission", "any-remission")]),
        ("Infection in 40 %, partial in 20 %.", [("Infection", "infection")]),
    ],
)
def test_halves_of_an_outcome_are_named_by_the_whole(text, expected):
    """Of "partial" after "complete remission", "serious ones" after infections."""
    assert named(text, "outcomes") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("87 patients were treated.", [("87 patients", 87, False)]),
        ("Two hundred patients came.", [("Two hundred patients", 200, False)]),
        ("Two patients came.", [("Two patients", 2, False)]),
        ("One patient came.", []),
        ("A 12-patient trial", [("12-patient", 12, False)]),
        ("A cohort of 14.", [("cohort of 14", 14, False)]),
        ("Of the 15, some", [("Of the 15", 15, False)]),
        # a part of them
        ("Of the 18 who came", [("Of the 18 ", 18, True)]),
        ("It was n = 12.", [("n = 12", 12, True)]),
        ("12 women were treated.", [("12 women", 12, False)]),
        (
            "Of 20 patients, 12 of whom were women, 8 relapsed.",
            [("20 patients", 20, False), ("12 of whom were women", 12, True)],
        ),
        (
            "Of 20 patients 12 were women and 8 relapsed.",
            [("20 patients", 20, False), ("12 were women", 12, True)],
        ),
        ("12 women and 8 men came.", [("12 women", 12, True), ("8 men", 8, True)]),
        ("12 men, the others females.", [("12 men", 12, True)]),
        (
            "20 patients (12 women) came.",
            [("20 patients", 20, False), ("12 women", 12, True)],
        ),
        ("All (two) gave 20 patients it.", [("20 patients", 20, False)]),
        ("20 patients, women and men, came.", [("20 patients", 20, False)]),
        # people who had an outcome, years, millions, names
        ("12 patients died.", []),
        ("40 of 87 patients died.", []),
        ("In 2018 patients were treated.", []),
        ("2100 patients were treated.", [("2100 patients", 2100, False)]),
        ("3 million people have it.", []),
        ("They gave sars-12 patients it.", []),
        ("87 patients came, 12 patients died.", [("87 patients", 87, False)]),
    ],
)
def test_people_are_counted_in_groups(text, expected):
    """How many, and whether they are only some of those treated."""
    found = [
        (text[item.start : item.end], item.people, item.part)
        for item in Mentions(text).groups
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("therapies", "They got MSC.", ["msc"]),
        ("therapies", "Unlike HSCT, it was MSC.", ["msc"]),
        ("therapies", "It was MSC rather than HSCT in all of them.", ["msc"]),
        ("measures", "Proteinuria fell.", ["proteinuria"]),
        ("one_person", "She was well.", ["one_person"]),
        ("people", "The women were well.", ["people"]),
        ("changes", "It fell.", ["falls"]),
        ("changes", "It rose or fell.", ["rises"]),
        ("possible", "They may go.", ["possible"]),
        ("possible", "In May, and in May 2019, they went.", []),
        ("possible", "May they go?", ["possible"]),
        ("other_diseases", "In MS it is so.", ["other_diseases"]),
        ("other_diseases", "It is fewer than in MS.", []),
        ("other_diseases", "Not for MS, but in all of us for RA.", ["other_diseases"]),
        ("other_diseases", "It stood in Arthritis Rheum in 2018.", []),
        ("other_diseases", "As Annals of arthritis once said", []),
        (
            "other_diseases",
            "The Lancet has said long ago of all of them that MS is so.",
            ["other_diseases"],
        ),
        ("who", "It is for children.", ["children"]),
        ("who", "It is without kidney disease.", []),
        ("who", "It is without harm in all of the children.", ["children"]),
        ("condition", "In lupus it is so.", ["condition"]),
    ],
)
def test_words_are_found_where_they_are_meant(kind, text, expected):
    """Not where something is only set against them, in a journal's name or a month."""
    assert [name for _, name in named(text, kind)] == expected


@pytest.mark.parametrize(
    ("kind", "yes", "no"),
    [
        ("several_diseases", "In autoimmune diseases it is so.", "In lupus it is so."),
        ("several_diseases", "Autoimmune diseases come.", "J Autoimmune Diseases 3"),
        (
            "several_diseases",
            "J Clin Autoimmune Diseases, of which there are many: rheumatic diseases.",
            "Journal of autoimmune diseases, and Annals of rheumatic diseases.",
        ),
        ("several_diseases", "Autoimmune diseases.", "Autoimmune diseases J Clin"),
        ("same_treatment", "The treatment was well borne.", "It was well borne."),
        ("another_study", "Another study saw it.", "It was seen."),
        ("treats", "They were treated.", "They were well."),
        ("of_animals", "It was so in mice.", "It was so in men."),
        ("of_one_person", "She was well.", "They were well."),
        ("of_condition", "In lupus it is so.", "It is so."),
        ("is_question", "Is it so?", "It is so."),
        ("is_question", "(\u201cIs it so?\u201d) ", "Is it? It is so."),
        (
            "who_they_are",
            "They treated 12 patients with kidney disease.",
            "12 patients and kidney disease",
        ),
        ("who_they_are", "12 children came.", "Kidney disease came to 12 patients."),
        ("who_they_are", "They treated 12 children.", "Children came, 12 women too."),
    ],
)
def test_what_a_sentence_is_about(kind, yes, no):
    """Each is asked for when it is needed."""
    assert getattr(Mentions(yes), kind) is True
    assert getattr(Mentions(no), kind) is False

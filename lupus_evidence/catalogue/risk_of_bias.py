"""Risk of bias for a person and for the R package robvis: symbol, word, reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.appraisal import judgements, lights, rows_of, tools
from lupus_evidence.documents.document import Column, Table
from lupus_evidence.documents.text import capital
from lupus_evidence.vocabulary import BIAS, Reading, topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lupus_evidence.appraisal import Judgement, Light, Score, Tool
    from lupus_evidence.documents.values import Value
    from lupus_evidence.records.study import Study
    from lupus_evidence.records.study_parts import About, Appraisal


_COLUMNS = (
    Column("whose", "judged", "Tool, who judged, and from what"),
    Column("symbol", "", "+ low, ~ some concerns, x high, ? no information"),
    Column("domain", "risk of bias", "What was asked", wrap=True),
    Column("answer", "answer", "In the words of the tool"),
    Column("because", "because", "Why", wrap=True),
    Column("where", "where", "Place in the source", drop=1, wrap=True),
)

_DATA = (
    Column("study", "study", "Name of the record"),
    Column("appraisal", "appraisal", "Which of the record's appraisals, from 1"),
    Column("tool", "tool", "Tool by which it was judged"),
    Column("by", "judged by", "Who judged"),
    Column("read", "judged from", "How the study was read for it"),
    Column("source", "printed in", "Review that printed it; empty for our own"),
    Column("endpoint", "endpoint", "Only of results of this endpoint, where one is"),
    Column("arm", "arm", "Only of results of this arm, where one is"),
    Column("scope", "scope", "Only of results judged on this, where it is one"),
    Column("domain", "domain", "What was asked; overall for all of it together"),
    Column("answer", "answer", "As the tool calls it; empty where it is not printed"),
    Column("level", "level", "What that stands for: low, some, high or unknown"),
    Column("because", "because", "Why"),
    Column("where", "where", "Place in the source"),
)

_FROM: dict[Reading, str] = {
    "primary-full-text": "from the full text",
    "primary-abstract": "from the abstract",
    "registry": "from a trial registry",
    "secondary": "from what others say of it",
}


def bias_in_words(item: Judgement | None) -> str:
    """Return a judgement for a cell: "x high"; empty where nobody judged.

    Parameters
    ----------
    item : Judgement or None
        The one that counts.
    """
    if item is None:
        return ""
    words = BIAS[item.level]
    return f"{words.symbol} {words.word}"


def about_in_words(about: About | None) -> str:
    """Return which results an appraisal is about: "Alive, kidney, arm hsct".

    Parameters
    ----------
    about : About or None
        As recorded; None for the whole study.
    """
    if about is None:
        return ""
    parts = (
        topic().endpoints[about.endpoint].label if about.endpoint else "",
        about.scope or "",
        f"arm {about.arm}" if about.arm else "",
    )
    return ", ".join(part for part in parts if part)


def appraisals_table(study: Study) -> Table:
    """Return every appraisal of a study, a line for each domain and one for the whole.

    Parameters
    ----------
    study : Study
        The record.
    """
    known = {item.index: item for item in judgements(study)}
    rows: list[dict[str, Value]] = []
    for index, appraisal in enumerate(study.appraisal):
        if index not in known:
            title = f"{appraisal.tool}, by {appraisal.by}"
            rows.append({"whose": title, "domain": "not a tool that is known here"})
            continue
        item = known[index]
        title = _title(item, study.reading)
        # two titles of one wording are still two appraisals
        if any(row["whose"] == title for row in rows):
            title = f"{title} ({index + 1})"
        rows += [{"whose": title, **row} for row in _rows(item)]
        if appraisal.note:
            rows.append({"whose": title, "domain": "note", "because": appraisal.note})
    return Table(
        "appraisal", _COLUMNS, tuple(rows), title="Risk of bias", group_by="whose"
    )


def judged_in_words(item: Judgement, reading: Reading) -> str:
    """Return with what and from what it was judged: "RoB 2, from the abstract".

    Parameters
    ----------
    item : Judgement
        The judgement.
    reading : str
        How the record was read.
    """
    return ", ".join((item.tool.label, *_sources(item, reading)))


def _title(item: Judgement, reading: Reading) -> str:
    """Say with what, by whom, from what and of which results it was judged."""
    about = about_in_words(item.appraisal.about)
    parts = (
        f"{item.tool.label}, by {item.appraisal.by}",
        *_sources(item, reading),
        f"of: {about}" if about else "",
    )
    return "; ".join(part for part in parts if part)


def _sources(item: Judgement, reading: Reading) -> Iterator[str]:
    """Yield what was read for a judgement, and where it is printed."""
    read = item.read(reading)
    if read:
        yield _FROM[read]
    if item.appraisal.source:
        yield f"printed in {item.appraisal.source}"


def _rows(item: Judgement) -> Iterator[dict[str, Value]]:
    """Yield a line for each domain, and the last for all of them."""
    *domains, whole = lights(item)
    appraisal = item.appraisal
    for light in domains:
        given = appraisal.domains.get(light.domain)
        yield {
            "symbol": light.symbol,
            "domain": item.tool.domains[light.domain].label,
            "answer": answer_in_words(light, appraisal),
            "because": given.because if given else None,
            "where": given.where if given else None,
        }
    reason = appraisal.overall.because if appraisal.overall else None
    by_rule = "by the tool's rule"
    if item.tool.rule.own:
        by_rule = "by a rule of this project"
    yield {
        "symbol": whole.symbol,
        "domain": "overall",
        "answer": overall_in_words(item),
        "because": reason or (by_rule if item.by_rule else None),
    }


def answer_in_words(light: Light, appraisal: Appraisal) -> str:
    """Return an answer as its tool calls it, or that the review does not print it.

    Parameters
    ----------
    light : Light
        Of one domain.
    appraisal : Appraisal
        What it is from.
    """
    return "not printed" if light.domain in appraisal.unprinted else light.word


def overall_in_words(item: Judgement) -> str:
    """Return the overall answer as its tool calls it: "high risk (9 of 16)".

    Parameters
    ----------
    item : Judgement
        The judgement.
    """
    return f"{item.words.word}{_sum(item.score)}"


def _sum(score: Score | None) -> str:
    """Return a sum, as far as everything was answered."""
    if score is None or score.open:
        return ""
    return f" ({score.points} of {score.most})"


def appraisals_data(studies: Iterable[Study]) -> Table:
    """Return every answer of every appraisal for programs, one row each.

    Parameters
    ----------
    studies : iterable of Study
        All records; an appraisal by a tool that is not known is left out.
    """
    rows = (
        row
        for study in studies
        for item in judgements(study)
        for row in _data(study, item)
    )
    return Table("appraisals", _DATA, tuple(rows))


def _data(study: Study, item: Judgement) -> Iterator[dict[str, Value]]:
    """Yield each answer of an appraisal, the overall one last."""
    appraisal, about = item.appraisal, item.appraisal.about
    whose: dict[str, Value] = {
        "study": study.id,
        "appraisal": item.index + 1,
        "tool": item.tool.name,
        "by": appraisal.by,
        "read": item.read(study.reading),
        "source": appraisal.source,
        "endpoint": about.endpoint if about else None,
        "arm": about.arm if about else None,
        "scope": about.scope if about else None,
    }
    for light in lights(item):
        given = appraisal.domains.get(light.domain) if light.domain else None
        reason = given or (None if light.domain else appraisal.overall)
        printed = light.domain not in appraisal.unprinted
        yield {
            **whose,
            "domain": light.domain or "overall",
            "answer": light.answer if printed else None,
            "level": light.level if printed else None,
            "because": reason.because if reason else None,
            "where": given.where if given else None,
        }


def judged_with(studies: Iterable[Study]) -> dict[str, int]:
    """Return how many studies were judged with each tool, the most first.

    Parameters
    ----------
    studies : iterable of Study
        All records.
    """
    found = dict.fromkeys(tools(), 0)
    for study in studies:
        for name in {item.tool.name for item in judgements(study)}:
            found[name] += 1
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return {name: count for name, count in ordered if count}


def robvis_table(studies: Sequence[Study], tool: Tool) -> Table:
    """Return the judgements of one tool as robvis reads them.

    Its templates for RoB 2 and ROBINS-I take the domains as D1, D2, ...; its generic
    one takes any headings and shows them.

    Parameters
    ----------
    studies : sequence of Study
        All records; those that were not judged with the tool are left out.
    tool : Tool
        The tool.
    """
    found = [(study, item) for study in studies for item in rows_of(study, tool.name)]
    answered = {light.domain for _, item in found for light in lights(item)}
    domains = [
        name
        for name, domain in tool.domains.items()
        if name in answered or not domain.comparative
    ]
    headings = {
        name: tool.domains[name].label.capitalize()
        if tool.robvis == "Generic"
        else f"D{number}"
        for number, name in enumerate(domains, 1)
    }
    named = (*headings.values(), "Overall")
    columns = (
        Column("Study", "", "Record, and the results that were judged"),
        *(Column(name, "", "Judgement in the words of robvis") for name in named),
        Column("Weight", "", "People; 1 where the source does not say"),
    )
    rows = []
    for study, item in found:
        about = about_in_words(item.appraisal.about)
        *given, whole = lights(item)
        row: dict[str, Value] = dict.fromkeys(headings.values(), "Not applicable")
        row |= {headings[light.domain]: light.words.robvis for light in given}
        row |= {
            "Study": f"{study.id} ({about})" if about else study.id,
            "Overall": whole.words.robvis,
            "Weight": people_in(study),
        }
        rows.append(row)
    return Table("robvis", columns, tuple(rows))


def revman_table(studies: Sequence[Study], tool: Tool) -> Table:
    """Return the judgements of one tool with their reasons, as RevMan lays them out.

    The columns are those of ``risk-of-bias.csv`` in RevMan's data package, which R's
    ``meta::read.cdir`` reads: "Domain (judgement): ..." and "Domain (support): ...".

    Parameters
    ----------
    studies : sequence of Study
        All records; those that were not judged with the tool are left out.
    tool : Tool
        The tool.
    """
    names = {name: capital(domain.label) for name, domain in tool.domains.items()}
    names[""] = "Overall bias"
    columns = [Column("Study", "", "Record, and the results that were judged")]
    for name in names.values():
        columns += [
            Column(f"Domain (judgement): {name}", "", "Judgement in the tool's words"),
            Column(f"Domain (support): {name}", "", "The reason and its place"),
        ]
    rows = []
    for study, item in [(s, x) for s in studies for x in rows_of(s, tool.name)]:
        about = about_in_words(item.appraisal.about)
        row: dict[str, Value] = {
            "Study": f"{study.id} ({about})" if about else study.id
        }
        for light in lights(item):
            name = names[light.domain]
            row[f"Domain (judgement): {name}"] = capital(light.word)
            row[f"Domain (support): {name}"] = _support(item, light.domain)
        rows.append(row)
    return Table("revman", tuple(columns), tuple(rows))


def _support(item: Judgement, domain: str) -> str | None:
    """Return why a domain was judged so, with its place; None where nobody says."""
    given = item.appraisal.domains.get(domain) if domain else item.appraisal.overall
    if given is None or given.because is None:
        return None
    where = getattr(given, "where", None)
    return f"{given.because} ({where})" if where else given.because


def people_in(study: Study) -> int:
    """Return how many people a study is about, as a weight: 1 if it does not say.

    Parameters
    ----------
    study : Study
        The record.
    """
    people = study.population
    return people.with_condition or people.enrolled or people.analysed or 1

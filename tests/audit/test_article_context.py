"""What an audit keeps of an article: where its claims stand, and what they tell."""

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.audit.evidence_set import EvidenceSet, context_of
from lupus_evidence.load import EvidenceBase

NO_RECORDS = EvidenceBase("records", (), (), None)
PAGE = """\
id: page
article: {title: A page, kind: blog, tells: [harms]}
claims:
  - {id: one, says: A claim, kind: rate, therapy: msc, cites: doe-2015, figures: [
      {endpoint: death, percent: "5"}, {endpoint: relapse, percent: "20"}]}
  - {id: two, says: A claim, kind: rate, therapy: msc, figures: [
      {endpoint: infection, percent: "5"}]}
  - {id: three, says: A claim, kind: direction, therapy: msc, cites: doe-2015,
      changes: [{measures: [sledai], direction: falls}]}
"""


def loaded(tmp_path):
    """Return the claims of the page."""
    path = tmp_path / "page.yaml"
    path.write_text(PAGE, encoding="utf-8")
    return load_claims([path])


def test_every_claim_keeps_its_number_and_line(tmp_path):
    """Three claims, at the lines on which they start."""
    (article,) = audit(NO_RECORDS, loaded(tmp_path)).articles
    found = [(item.number, item.id, item.place.line) for item in article.claims]
    assert found == [(1, "one", 4), (2, "two", 6), (3, "three", 8)]
    assert {item.place.column for item in article.claims} == {5}


def test_a_percentage_with_its_study_counts_as_told(tmp_path):
    """Both figures of the cited study; none without a study, none of a direction."""
    (item,) = loaded(tmp_path).files
    context = context_of(EvidenceSet(NO_RECORDS), item.content)
    assert context.told == {("doe-2015", "death"), ("doe-2015", "relapse")}
    assert context.tells("harms")
    assert not context.tells("no-control")

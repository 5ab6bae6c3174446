"""Acknowledgements that nothing needs, and those that cannot be judged yet."""

COUNT = {"events": 5, "n": 20}


def test_every_acknowledgement_that_nothing_needs_is_told(said):
    """Several codes at once, each told apart: unknown, not allowed, not raised."""
    reasons = {
        "E204": "not there",
        "E999": "no code",
        "E101": "of a file",
        "W509": "itself",
    }
    found = said(COUNT | {"acknowledged": reasons})
    assert sorted(found) == [
        ("W509", "E101", "acknowledges E101, which cannot be acknowledged"),
        ("W509", "E204", "acknowledges E204, which is no longer raised here"),
        ("W509", "E999", "acknowledges E999, which is no check's code"),
        ("W509", "W509", "acknowledges W509, which cannot be acknowledged"),
    ]


def test_codes_that_need_other_records_are_passed_over_in_part_of_them(said):
    """One record alone cannot tell; the next code is looked at all the same."""
    reasons = {"W408": "other people", "E301": "printed so"}
    found = said(COUNT, acknowledged=reasons)
    message = "acknowledges E301, which is no longer raised here"
    assert found == [("W509", "E301", message)]

"""What keeps an article from being read: a code each, with its manual page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class Refusal(Exception):  # noqa: N818 - a finding about a file, not a fault
    """An article that cannot be read, or should not be.

    Parameters
    ----------
    code : str
        Has a manual page in `PROBLEMS`.
    message : str
        What is wrong, to stand behind the file's name.
    hint : str
        What to do about it.
    """

    code: str
    message: str
    hint: str = ""


HEADINGS = ("What it checks", "Why it matters", "Example")

#: The title of each code's page, and what stands under each heading.
PROBLEMS: dict[str, tuple[str, str, str, str]] = {
    "A101": (
        "A file that is no article.",
        (
            "The file is HTML, PDF, Word (.docx), Markdown or plain text, told by "
            "what it holds and not by its name."
        ),
        (
            "A picture or an archive read as text would be noise, and its sentences "
            "would be missed without a word."
        ),
        "`article.jpg`, a photograph of a leaflet.",
    ),
    "A102": (
        "A broken PDF or Word document.",
        "The file can be read to its end by its own rules.",
        "What is left of a broken file may be half an article.",
        "A PDF of which only the first half was downloaded.",
    ),
    "A103": (
        "A locked PDF.",
        "The file opens without a password.",
        ("Nothing can be read in it. No password is asked for, and none is tried."),
        ("A paper that a library protects. Printed into a new PDF, it can be read."),
    ),
    "A104": (
        "An article without text.",
        "There are words left once menus, notices and pictures are taken away.",
        (
            "A scan is a picture of text. A page that a script fills in holds none "
            "when it is saved before that."
        ),
        (
            "A scanned leaflet in PDF. Software for text recognition (OCR) adds the "
            "text."
        ),
    ),
    "A105": (
        "An article too large to read.",
        (
            "A file has at most 10 MB, and 1,000,000 characters and 50,000 lines of "
            "text; a PDF 300 pages; a web page 100,000 tags, nested at most 250 "
            "deep; a Word document 10 MB of text unpacked. Reading a PDF takes at "
            "most 4 seconds and 170 MB."
        ),
        (
            "Files made to be slow, or to unpack to thousands of times their size, "
            "would keep the machine busy. No article comes near these limits."
        ),
        "A book in one PDF. Its chapters can be read one by one.",
    ),
    "A106": (
        "An article in another language.",
        "The commonest words of the page are English, or too few to tell.",
        (
            "Claims are found by rules for English sentences. In other languages "
            "they would find nothing, or something wrong, and an article full of "
            "claims would seem to have none."
        ),
        (
            "`page.html`, in French. Its claims can be written by hand: "
            "`lupus-evidence new NAME --claims` makes a file to fill in."
        ),
    ),
}


def codes() -> tuple[str, ...]:
    """Return the codes of all that keeps an article from being read."""
    return tuple(PROBLEMS)


def manual(code: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the title of a code's manual page and its texts under their headings."""
    title, *texts = PROBLEMS[code]
    return title, tuple(zip(HEADINGS, texts, strict=True))

"""The five functions of the library, and how their results show themselves."""

import re
import subprocess
import sys
from types import SimpleNamespace

import pytest
from invented import study_text

from lupus_evidence import api
from lupus_evidence.errors import UnknownNameError
from lupus_evidence.notebook import DISPLAYED, as_html, as_text

HOSTILE = "<img src=x onerror=alert(1)>&\x1b[31m"


@pytest.fixture(scope="module")
def base():
    """The bundled records."""
    return api.load()


def results(base):
    """One result of each kind, by the name of its kind."""
    found = (
        base,
        api.select(base, "msc", "overall-survival", months=60),
        api.pool([3, 6, 10, 1], [11, 17, 21, 6]),
        api.pool([0, 0, 0], [11, 17, 21]),
        api.pool([3], [6]),
        api.compare(base, ["hsct", "msc"], endpoints=["overall-survival"]),
        api.audit(base),
    )
    assert {type(value) for value in found} == set(DISPLAYED)
    return found


@pytest.mark.thorough
def test_the_five_names_stay_functions():
    """They are functions also after every module of the same name was imported."""
    code = (
        "import lupus_evidence.records.load\n"
        "import lupus_evidence.audit, lupus_evidence.compare\n"
        "from lupus_evidence.api import *\n"
        "print(*map(callable, (audit, compare, load, pool, select)))\n"
        "import sys; print('IPython' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [*["True"] * 5, "False"]


@pytest.mark.thorough
def test_the_command_line_does_not_load_the_library_s_front():
    """Starting a command costs nothing more than before."""
    code = (
        "import sys; import lupus_evidence, lupus_evidence.cli.app; "
        "print('lupus_evidence.api' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    "names", [("mcs", "death"), ("msc", "deaht"), ("msc", "death", "kidny")]
)
def test_unknown_names_are_refused_with_the_nearest(base, names):
    """A misspelt therapy, endpoint or scope is no empty answer."""
    therapy, endpoint, *scope = names
    with pytest.raises(UnknownNameError, match="Did you mean"):
        api.select(base, therapy, endpoint, **({"scope": scope[0]} if scope else {}))


def test_articles_of_one_s_own_are_audited(base, tmp_path):
    """Claims files are taken by their paths."""
    path = tmp_path / "none.yaml"
    path.write_text("id: none", encoding="utf-8")
    assert api.audit(base, path).diagnostics
    assert api.audit(base).articles


def test_results_show_themselves_as_html_and_as_text(base):
    """Every result has a page with its figures in both forms."""
    for value in results(base):
        html, text = as_html(value), as_text(value)
        assert html.startswith("<h3>")
        for tag in ("table", "tr", "td", "ul", "li", "p", "h3", "h4"):
            opened = len(re.findall(rf"<{tag}[ >]", html))
            assert opened == html.count(f"</{tag}>"), tag
        assert max(map(len, text.splitlines())) <= 80
    pooled = api.pool([3, 6, 10, 1], [11, 17, 21, 6])
    assert "<td>35 % (18 to 54)</td>" in as_html(pooled)


def test_a_record_s_markup_is_text(tmp_path):
    """Neither a title nor a place nor a file's name becomes markup or a command."""
    quoted = HOSTILE.replace("\x1b", "\\e")
    for number, therapy in enumerate(("hsct", "msc")):
        text = study_text(
            id=f"doe-202{number}",
            therapy=therapy,
            centre=f"Town {number}",
            title=f'"{quoted}"',
        )
        text = text.replace("where: Abstract", f'where: "{quoted}"')
        (tmp_path / f"doe-202{number}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "<b>.yaml").write_text("id: [", encoding="utf-8")
    base = api.load(tmp_path)
    assert len(base.studies) == 2
    chosen = api.select(base, "msc", "complete-remission", months=12)
    compared = api.compare(base, ["hsct", "msc"])
    for value in (base, chosen, compared):
        html = as_html(value)
        assert "<img" not in html
        assert "<b>" not in html
        assert "\x1b" not in html + as_text(value)


def test_ipython_is_told_how_to_show_results(base):
    """The extension registers HTML and text for each kind of result."""
    registered = {}

    class Formatter:
        """What IPython hands to extensions."""

        def __init__(self, form):
            self.form = form

        def for_type(self, kind, function):
            """Remember how a kind is shown."""
            registered[self.form, kind] = function

    forms = {form: Formatter(form) for form in ("text/html", "text/plain")}
    api.load_ipython_extension(
        SimpleNamespace(display_formatter=SimpleNamespace(formatters=forms))
    )
    for value in results(base):
        said = []
        registered["text/plain", type(value)](
            value, SimpleNamespace(text=said.append), ...
        )
        assert said == [as_text(value)]
        assert registered["text/html", type(value)](value) == as_html(value)


def test_nothing_else_is_displayed():
    """What is no result has no page."""
    with pytest.raises(TypeError, match="no page for a int"):
        as_html(3)

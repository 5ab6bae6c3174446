"""A bar where somebody waits at a terminal, and nothing anywhere else."""

import pytest

from lupus_evidence.cli.manner import Progress, progressing


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        """Return the time."""
        return self.now


def work(progress, steps=40):
    """Do some steps of work."""
    progress.begin("counting [red]\x1b[31m", steps)
    for _ in range(steps):
        progress.step()


def test_short_work_shows_nothing(capsys):
    """Within a second nobody wonders."""
    clock = Clock()
    progress = Progress(shows=True, clock=clock)
    clock.now = 0.9
    work(progress)
    progress.end()
    assert capsys.readouterr() == ("", "")


def test_long_work_shows_how_far_it_is(capsys):
    """On standard error, and it is taken away at the end."""
    clock = Clock()
    progress = Progress(shows=True, clock=clock)
    clock.now = 1.1
    work(progress)
    progress.begin("writing")
    work(progress)
    progress.end()
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") <= 3
    assert "\x1b[31m" not in err
    progress.step()
    assert capsys.readouterr() == ("", "")


def test_without_a_terminal_there_is_no_bar(capsys):
    """A pipe or a log gets no bar, however long it takes."""
    with progressing() as progress:
        progress._clock = lambda: 1e9  # noqa: SLF001 - a long time has passed
        work(progress, 100)
    assert capsys.readouterr() == ("", "")


def test_the_bar_goes_away_when_work_fails(capsys):
    """The message that follows stands on a line of its own."""

    def fail():
        with progressing() as progress:
            work(progress)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert capsys.readouterr() == ("", "")

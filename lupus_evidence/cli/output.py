"""Where output goes: the terminal, a pipe, or a file written whole or not at all."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO
from unicodedata import combining, normalize

from lupus_evidence.cli.manner import is_plain, is_quiet
from lupus_evidence.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from lupus_evidence.writers.terminal import Look

#: Width of a terminal that does not say its own.
_USUAL_COLUMNS = 80
#: Files of which each is sent to the disk by itself, which takes a moment for each.
_MOST_ONE_BY_ONE = 50
#: The turning sign beside what takes a moment, and one in ASCII.
_TURNING = ("dots", "line")

#: Look-alikes for screens that cannot show what we write.
_ASCII = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "−": "-",
        "±": "+/-",
        "≥": ">=",
        "≤": "<=",
        "×": "x",
        "²": "2",
        "τ": "tau",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "…": "~",
        "·": ".",
        "✓": "+",
        "◐": "o",
        "≈": "~",
        "▲": "^",
        "▼": "v",
        "✕": "x",
    }
)


def terminal_look(width: int | None = None, *, to_file: bool = False) -> Look:
    """Return what standard output can show: any width and no colour in a pipe.

    Parameters
    ----------
    width : int, optional
        Columns to lay out for, instead of the terminal's own.
    to_file : bool
        Whether a file is written, which is as a pipe.
    """
    from lupus_evidence.writers.terminal import Look

    stream: TextIO = sys.stdout
    plain = not (to_file or _draws(shown_encoding(stream)))
    if to_file or not stream.isatty():
        return Look(width, plain=plain)
    bare = is_plain() or "NO_COLOR" in os.environ
    colour = not bare and os.environ.get("TERM") != "dumb"
    columns = os.get_terminal_size(stream.fileno()).columns or _USUAL_COLUMNS
    return Look(width or columns, colour, plain)


def _draws(encoding: str) -> bool:
    """Tell whether pictures can be drawn; a table need not know how."""
    if encoding.lower() == "utf-8":
        return True
    from lupus_evidence.writers.plot_text import can_draw

    return can_draw(encoding)


#: Character sets of a locale that has none, and what Python puts into LC_CTYPE there.
_PLAIN = frozenset({"C", "POSIX"})
_COERCED = frozenset({"", "C", "POSIX", "C.UTF-8", "C.utf8", "UTF-8"})


def shown_encoding(stream: TextIO) -> str:
    """Return the encoding to write a stream in: ASCII on a terminal under ``LANG=C``.

    Python itself takes the C locale for UTF-8 (PEP 540), which such a terminal may not
    show. Files and pipes are UTF-8, whatever Python takes them for: Windows gives them
    a code page.
    """
    if not stream.isatty():
        return "utf-8"
    locale = os.environ.get
    plain = locale("LC_ALL") in _PLAIN or (
        not locale("LC_ALL")
        and locale("LC_CTYPE", "") in _COERCED
        and locale("LANG") in _PLAIN
    )
    return "ascii" if plain else stream.encoding


def encodable(text: str, encoding: str | None) -> str:
    """Return text that a terminal of this encoding can show."""
    try:
        text.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        # a letter whose accent cannot be shown is still the letter
        plain = normalize("NFKD", text.translate(_ASCII))
        plain = "".join(letter for letter in plain if not combining(letter))
        return plain.encode("ascii", "backslashreplace").decode("ascii")
    return text


def say(text: str, *, error: bool = False) -> None:
    """Write a note for the person to standard error.

    Parameters
    ----------
    text : str
        What to say.
    error : bool
        Whether something went wrong, so that it is said also where notes are unwanted.
    """
    from lupus_evidence.documents.text import visible

    if is_quiet() and not error:
        return
    text = "\n".join(visible(line) for line in text.split("\n"))
    with suppress(OSError):  # who closed or filled it reads no notes
        _write(sys.stderr, f"{text}\n")


def _write(stream: TextIO, content: str | bytes) -> None:
    """Write to a standard stream: look-alikes for terminals, bytes for the rest."""
    if isinstance(content, str) and stream.isatty():
        stream.write(encodable(content, shown_encoding(stream)))
    else:
        stream.flush()
        stream.buffer.write(_utf8(content))
    stream.flush()


def _utf8(content: str | bytes) -> bytes:
    """Return text as UTF-8; file names that are not UTF-8 have half characters."""
    if isinstance(content, bytes):
        return content
    return content.encode(errors="backslashreplace")


def make_folder(path: Path) -> None:
    """Make a folder in an existing one, unless it is there.

    Raises
    ------
    OutputError
        If it cannot be made, or is something else.
    """
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"the folder {path} cannot be made: {reason}") from error


def write_folder(folder: Path, files: Mapping[str, bytes], *, force: bool) -> None:
    """Write files into a folder, which is made if it is not there.

    Parameters
    ----------
    folder : Path
        Where to; what else is in it stays.
    files : mapping of str to bytes
        By name, each written whole or not at all, in this order.
    force : bool
        Whether files of these names may be replaced.

    Raises
    ------
    OutputError
        If one of them exists and none may be replaced, of which none is written then,
        or if they cannot be written.
    """
    if not force:
        there = next((name for name in files if os.path.lexists(folder / name)), None)
        if there is not None:
            raise OutputError(f"{folder / there} exists; add --force to replace it")
    make_folder(folder)
    for name, content in files.items():
        write_file(folder / name, content, force=force)


def write_file(path: Path, content: str | bytes, *, force: bool) -> None:
    """Write a file whole or not at all.

    Parameters
    ----------
    path : Path
        Where to.
    content : str or bytes
        Text is written as UTF-8 with its line ends as they are.
    force : bool
        Whether an existing file may be replaced.

    Raises
    ------
    OutputError
        If the file exists and may not be replaced, or cannot be written; what was
        there before is then intact.
    """
    write_files([(path, content)], force=force)


def write_files(
    files: Iterable[tuple[Path, str | bytes]],
    *,
    force: bool,
    told: Callable[[], None] = lambda: None,
) -> None:
    """Write files, each of them whole, or none of them.

    Parameters
    ----------
    files : iterable of (Path, str or bytes)
        Where to, and what, as in `write_file`.
    force : bool
        Whether existing files may be replaced.
    told : callable, optional
        Called for each file.

    Raises
    ------
    OutputError
        If a file exists and may not be replaced, or cannot be written; what was there
        before is then intact.
    """
    waiting: list[tuple[str, Path, Path]] = []
    path = Path()
    try:
        for path, content in files:
            target = _target(path, force=force)
            waiting.append((_beside(target), target, path))
            Path(waiting[-1][0]).write_bytes(_utf8(content))
            _copy_mode(target, waiting[-1][0])
            told()
        _to_disk([temporary for temporary, _, _ in waiting])
        waiting.reverse()
        while waiting:
            temporary, target, path = waiting[-1]
            Path(temporary).replace(target)
            waiting.pop()
    except (OSError, RuntimeError) as error:  # Python 3.11 says RuntimeError of loops
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise OutputError(f"{path} cannot be written: {reason}") from error
    finally:  # also when interrupted
        for temporary, _, _ in waiting:
            with suppress(OSError):
                Path(temporary).unlink()


def _target(path: Path, *, force: bool) -> Path:
    """Return the file that is written under a name, after making sure that it may."""
    if os.path.lexists(path) and not force:
        raise OutputError(f"{path} exists; add --force to replace it")
    target = path.resolve(strict=True) if path.is_symlink() else path
    if target.exists() and not target.is_file():
        raise OutputError(f"{path} cannot be written: it is not a regular file")
    return target


def _beside(target: Path) -> str:
    """Make an empty file beside another one, to be put into its place."""
    import tempfile

    handle, temporary = tempfile.mkstemp(
        dir=target.parent, prefix=f".{target.name}.", suffix=".part"
    )
    os.close(handle)
    return temporary


def _to_disk(names: Sequence[str]) -> None:
    """Make sure that files have reached the disk; thousands of them all at once."""
    if len(names) > _MOST_ONE_BY_ONE and hasattr(os, "sync"):
        os.sync()
        return
    for name in names:
        with Path(name).open("rb+") as file:
            os.fsync(file.fileno())


def _copy_mode(target: Path, temporary: str) -> None:
    """Give the new file the mode of the old one, or the usual one."""
    if target.exists():
        mode = target.stat().st_mode & 0o777
    else:
        umask = os.umask(0)
        os.umask(umask)
        mode = 0o666 & ~umask
    Path(temporary).chmod(mode)


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show on a terminal's standard error that something takes a moment."""
    if is_quiet() or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    spinner = _TURNING[shown_encoding(sys.stderr).lower() != "utf-8"]
    console = Console(stderr=True, no_color=is_plain() or None)
    with console.status(what, spinner=spinner):
        yield


def emit(
    content: str | bytes,
    output: Path | None = None,
    *,
    force: bool = False,
    pager: bool = False,
) -> None:
    """Write text or bytes to a file, or to standard output.

    Parameters
    ----------
    content : str or bytes
        What to write.
    output : Path, optional
        The file.
    force : bool
        Whether an existing file may be replaced.
    pager : bool
        Whether a terminal shows what is longer than the screen page by page.

    Raises
    ------
    OutputError
        If they cannot be written.
    BrokenPipeError
        If the reader of standard output has gone.
    """
    if output is not None:
        write_file(output, content, force=force)
        say(f"wrote {output}")
        return
    if pager and isinstance(content, str) and paged(content):
        return
    try:
        _write(sys.stdout, content)
    except BrokenPipeError:
        raise
    except OSError as error:
        silence_stdout()
        reason = (error.strerror or "unknown error").lower()
        raise OutputError(f"standard output cannot be written: {reason}") from error


def paged(text: str) -> bool:
    """Show a text that is longer than the terminal in the person's pager.

    As git does: ``PAGER`` says which (none if it is empty or ``cat``), ``less`` leaves
    colours as they are and what it showed on the screen.

    Returns
    -------
    bool
        Whether it was shown; False where there is no terminal, pager or need.
    """
    import subprocess

    if not sys.stdout.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        return False
    lines = os.get_terminal_size(sys.stdout.fileno()).lines  # 0: nobody knows
    command = _pager() if 0 < lines <= text.count("\n") else []
    if not command:
        return False
    encoding = shown_encoding(sys.stdout)
    usual = {"LESS": "FRX", "LV": "-c"}
    if encoding.lower() == "utf-8":  # also where less does not know the locale
        usual["LESSCHARSET"] = "utf-8"
    with _interrupts_left_to_the_pager():
        process = subprocess.Popen(  # noqa: S603 - the person's own choice of pager
            command,
            stdin=subprocess.PIPE,
            env=usual | dict(os.environ),
        )
        with process, suppress(BrokenPipeError):  # closed before the end was reached
            process.communicate(encodable(text, encoding).encode(encoding))
    return True


def _pager() -> list[str]:
    """Return the pager's command line; nothing where there is none to use."""
    import shlex
    import shutil

    try:
        words = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:  # a quotation mark without its partner
        return []
    program = shutil.which(words[0]) if words and words != ["cat"] else None
    return [program, *words[1:]] if program else []


@contextmanager
def _interrupts_left_to_the_pager() -> Iterator[None]:
    """Let Ctrl-C stop a search in the pager and nothing else."""
    import signal

    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def silence_stdout() -> None:
    """Let nothing more out, so that Python's own flush at exit has no complaint."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

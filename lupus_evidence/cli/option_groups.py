"""Options that several commands share, declared once and received as one value."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = Callable[..., None]


@dataclass(frozen=True)
class _Group:
    """Options that a command receives as one argument."""

    name: str
    made: Callable[..., Any]
    options: tuple[str, ...]

    def value(self, given: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever is made
        """Return the argument, and take its options out of what was typed."""
        return self.made(**{option: given.pop(option) for option in self.options})


def with_options(
    name: str,
    made: Callable[..., Any],
    options: type,
    **more: Any,  # noqa: ANN401 - an annotation has no type of its own
) -> Callable[[Command], Command]:
    """Give a command a group of options, which it receives as one argument.

    Parameters
    ----------
    name : str
        The argument that receives them; it is not an option itself.
    made : callable
        Makes the value from the options, by name.
    options : type
        A dataclass whose annotated fields are the options.
    **more : annotation
        Options made at run time, off or None by default; they come first.
    """
    hints = get_type_hints(options, include_extras=True)
    shared = [
        inspect.Parameter(
            key,
            inspect.Parameter.KEYWORD_ONLY,
            default=False if get_args(hint)[0] is bool else None,
        )
        for key, hint in more.items()
    ]
    shared += [
        inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=item.default)
        for key, item in inspect.signature(options).parameters.items()
    ]
    hints |= more

    group = _Group(name, made, tuple(item.name for item in shared))

    def decorate(command: Command) -> Command:
        own = inspect.signature(command).parameters
        known = get_type_hints(command, include_extras=True)

        inner: Command = getattr(command, "behind_groups", command)
        groups: tuple[_Group, ...] = (group, *getattr(command, "option_groups", ()))

        @wraps(inner)
        def run(**given: Any) -> None:  # noqa: ANN401 - what was typed
            received = [item.name for item in groups]
            values = [item.value(given) for item in groups]
            inner(**given, **dict(zip(received, values, strict=True)))

        parameters = []
        for key, item in own.items():
            if key == name:
                parameters += shared
            else:
                parameters.append(item)
        typed = [
            item.replace(annotation=hints.get(item.name, known.get(item.name)))
            for item in parameters
        ]
        run.__signature__ = inspect.Signature(typed)  # type: ignore[attr-defined]
        run.__annotations__ = {item.name: item.annotation for item in typed}
        del run.__wrapped__  # or Typer would read the command behind
        run.behind_groups, run.option_groups = inner, groups  # type: ignore[attr-defined]
        return run

    return decorate

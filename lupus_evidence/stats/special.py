"""SciPy's special functions, without what importing them drags in.

``scipy.special`` copies every name of numpy, and so imports numpy's Fortran wrapper,
test tools and others that nothing here uses: half of its import time. These are put
off until somebody asks them for something (`importlib.util.LazyLoader`).
"""

from __future__ import annotations

import sys
from importlib import util

import numpy as np

#: Parts of numpy that it loads on demand itself.
_UNUSED = ("ctypeslib", "f2py", "ma", "random", "testing")


def _put_off(name: str) -> None:
    """Let a part of numpy be loaded at its first use instead of at its import."""
    full = f"numpy.{name}"
    spec = None if full in sys.modules else util.find_spec(full)
    if spec is None or spec.loader is None:
        return
    spec.loader = util.LazyLoader(spec.loader)
    module = util.module_from_spec(spec)
    sys.modules[full] = module
    spec.loader.exec_module(module)
    setattr(np, name, module)


for _name in _UNUSED:
    _put_off(_name)

from scipy.special import (  # noqa: E402 - after what it would import has been put off
    betaincinv,
    chdtrc,
    chdtri,
    expit,
    gammaln,
    logit,
    ndtr,
    ndtri,
    stdtr,
    stdtrit,
    xlogy,
)

__all__ = [
    "betaincinv",
    "chdtrc",
    "chdtri",
    "expit",
    "gammaln",
    "logit",
    "ndtr",
    "ndtri",
    "stdtr",
    "stdtrit",
    "xlogy",
]

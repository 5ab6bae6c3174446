import subprocess
import sys
from importlib.metadata import version

import pytest


@pytest.mark.skipif(
    tuple(map(int, version("scipy").split(".")[:2])) < (1, 17),
    reason="older versions of scipy use these parts themselves when imported",
)
def test_only_what_is_used_of_numpy_is_loaded():
    """Pooling starts without numpy's Fortran wrapper and test tools."""
    code = (
        "import sys\n"
        "from lupus_evidence.stats.pooling import pool\n"
        "pool([3, 6], [11, 17])\n"
        "parts = ('f2py.f2py2e', 'testing._private', 'random._generator')\n"
        "print([part for part in parts if f'numpy.{part}' in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_what_was_put_off_is_there_when_asked_for():
    """Whoever uses those parts of numpy in the same process finds them whole."""
    code = (
        "import lupus_evidence.stats.special\n"
        "import numpy as np, numpy.ma, numpy.random, numpy.testing, numpy.f2py\n"
        "from numpy.random import default_rng\n"
        "assert np.ma.masked_array([1, 2], [0, 1]).sum() == 1\n"
        "assert 0 <= default_rng(1).random() < 1\n"
        "np.testing.assert_allclose(np.random.default_rng(1).random(), "
        "default_rng(1).random())\n"
        "print(numpy.f2py.get_include() != '', np.ctypeslib.as_array is not None)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True True"

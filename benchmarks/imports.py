"""How long Python takes to import the domain, in a process of its own."""

import subprocess
import sys
from functools import partial
from time import perf_counter_ns

from benchmarks.timing import Figure, timed

_DOMAIN = "import slm_domain.month, slm_domain.posting, slm_domain.codec"


def import_figures(*, rounds: int = 5) -> list[Figure]:
    """A Python that imports the domain, and one that imports nothing: the difference is the domain's."""
    return [
        timed(
            partial(subprocess.run, [sys.executable, "-c", statement], check=True),
            name=name,
            unit="process",
            rounds=rounds,
            clock=perf_counter_ns,
            warm="the files, in the system's memory",
        )
        for name, statement in (("Python alone", "pass"), ("Python with the domain imported", _DOMAIN))
    ]

"""The tests of Truce Tracker."""

import os
import sys
from pathlib import Path

if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
    # Where nothing may be compiled beside the sources, this process, its workers and the hundreds
    # of processes of a run would each compile hundreds of modules.
    compiled = str(Path(__file__).parents[1] / ".pytest_cache" / "bytecode")
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = compiled
    sys.dont_write_bytecode = False

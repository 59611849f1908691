"""Every refusal of the program: what happened, what to do, and the exit code."""

from tracker.errors.absence import *
from tracker.errors.content import *
from tracker.errors.disk import *
from tracker.errors.kinds import *
from tracker.errors.refusal import *
from tracker.errors.storage import *
from tracker.errors.usage import *

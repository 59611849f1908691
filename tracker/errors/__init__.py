"""Every refusal of the program: what happened, what to do, and the exit code."""

from tracker.errors.refusal import *
from tracker.errors.storage import *
from tracker.errors.usage import *
from tracker.errors.wording import *

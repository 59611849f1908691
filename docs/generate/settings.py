"""The config file, from the table that reads it."""

from docs.generate import markdown
from docs.generate.markdown import code, table
from tracker.settings import SETTINGS

INTRODUCTION = """`config.toml` in your config folder (`~/.config/truce-tracker` on Linux), or the
file that `TRACKER_CONFIG` names, holds what you would otherwise write each time. Options and the
environment take precedence. An unknown key or a bad value is refused, with exit code 5."""

EXAMPLE = """```toml
db = "~/truce/truce.db"
author = "ana"
width = 120
color = "never"
```"""


def page() -> str:
    """Return the page."""
    rows = [(code(key), one.meaning, one.before) for key, one in SETTINGS.items()]
    keys = table(("key", "what it says", "what overrides it"), rows)
    return markdown.page("Settings", markdown.prose(INTRODUCTION), EXAMPLE, keys)

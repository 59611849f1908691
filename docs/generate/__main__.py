"""Runs the generator as `python -m docs.generate`."""

from docs.generate import DOCS, stale

for path, text in stale().items():
    path.write_text(text, "utf-8")
    print(path.relative_to(DOCS.parent))

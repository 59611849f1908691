"""Runs the generator as `python -m docs.generate`."""

from docs.generate import write

print("\n".join(write()) or "Every page is up to date.")

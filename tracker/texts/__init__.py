"""Texts of sources: their words, how files are read, and where the files are kept."""

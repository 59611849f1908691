"""Texts of sources: their words, how they are read from files, and where the files are kept."""

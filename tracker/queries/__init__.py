"""The statements that writers still run: one per file."""

"""The weekly page: what was learnt in a week, in people's words."""

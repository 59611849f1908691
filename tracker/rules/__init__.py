"""How the book decides: pure functions over facts, without a database and without a clock."""

"""The book's decisions: pure functions over facts, without a database or a clock."""

"""The tables, declared once, and the inputs that share their fields."""

"""Files into the book and out of it."""

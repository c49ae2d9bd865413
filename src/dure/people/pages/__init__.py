"""Pages of people: parse, call one action or query, render."""

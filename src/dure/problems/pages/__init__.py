"""Pages of problems: parse, call one action or query, render."""

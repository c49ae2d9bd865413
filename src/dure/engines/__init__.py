"""Pure Python: values in, values out; no Django, no database, no network."""

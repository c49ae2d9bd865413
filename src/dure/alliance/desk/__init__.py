"""The secretariat's desk: what waits for whom and since when, what is due, and who is late, over all concepts."""

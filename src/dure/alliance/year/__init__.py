"""A whole year of an alliance, played day by day through its own actions: a demo to look at, and a test of everything together."""

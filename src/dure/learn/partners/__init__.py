"""Partners' courses: run elsewhere, listed here with their seats, and their certificates recognised (decision 27)."""

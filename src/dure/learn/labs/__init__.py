"""Labs of lessons: cells that run, attempts that are graded on the farm, and what came of them."""

"""Pages of the farm."""

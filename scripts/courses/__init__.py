"""What makes the shipped courses' small data from public sources, so that anybody can make them again."""

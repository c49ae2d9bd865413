"""What comes of a startup: to whom it is introduced, who invests, what became of it; and what a batch and a year come to."""

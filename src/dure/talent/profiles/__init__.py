"""A person's evidence, the skill that follows from it, and who may see what of it."""

"""What to learn next: questions that find out what one knows, a next step with its reason, and tracks by industry.

What is kept here belongs to the learner alone. It orders practice; it is shown to nobody else and is no evidence (decision 25).
"""

"""Incubation: a batch of startups from the call over the pitch and monthly checkpoints to the demo day and what became of each."""

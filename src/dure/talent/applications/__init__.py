"""From applying to an answer: reviews, interviews, messages, offers, waiting list."""

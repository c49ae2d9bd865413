"""Events: seminars, workshops, talks, demo days, job fairs. Rows are meetings: "event" means something else in code."""

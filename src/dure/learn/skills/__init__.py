"""What a person can do by now, and which evidence says so. No answer to a question and no guess counts here (decision 25)."""

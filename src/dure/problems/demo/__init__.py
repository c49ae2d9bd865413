"""The demo alliance's content: problems from real data with real predictions, organisations, people and needs. No Django."""

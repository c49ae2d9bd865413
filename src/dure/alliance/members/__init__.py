"""Members of the alliance: applying to join, levels, who speaks for them, all that one gives and gets."""

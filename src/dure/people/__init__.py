"""People, organisations, memberships, circles, consent, tokens and sign-in."""

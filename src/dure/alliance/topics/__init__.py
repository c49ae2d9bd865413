"""Topics: questions that members and gurus put to the alliance, from the proposal to what came of it."""

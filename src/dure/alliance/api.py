"""The door of the alliance: what other apps may use."""

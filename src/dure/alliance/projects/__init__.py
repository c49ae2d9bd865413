"""Joint research projects: partners, milestones, the yearly renewal, changes, risks, outputs, the board."""

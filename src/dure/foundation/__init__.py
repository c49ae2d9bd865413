"""The ground floor: what every app shares. DESIGN.md section 4 names the mechanisms; each has one module here."""

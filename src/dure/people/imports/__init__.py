"""Members and people from the secretariat's spreadsheet: read, planned, applied."""

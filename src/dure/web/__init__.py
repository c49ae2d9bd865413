"""The front page, dashboards, search page and the API root."""

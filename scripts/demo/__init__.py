"""Makes the data and the predictions of the demo's practice problems again, with scikit-learn (development only)."""

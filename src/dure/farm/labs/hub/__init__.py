"""The labs' JupyterHub: its settings, its spawner and its proxy. Runs without Django, on `environment.hub()`."""

"""What is asked about jobs and machines, each in a fixed number of queries."""

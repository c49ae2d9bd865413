"""두레 장부: what members gave and used, as balanced transactions that are only ever added."""

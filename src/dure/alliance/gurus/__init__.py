"""Gurus: the alliance's expert group. The secretariat appoints, the person accepts, a term has its last day."""

"""Agreements between organisations: drafts with revisions, approval, signing, in force, amended, left, renewed, ended."""

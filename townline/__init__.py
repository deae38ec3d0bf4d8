"""Townline: the software with which a municipality serves its public."""

__version__ = "0.1.0"

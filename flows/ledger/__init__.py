"""Stairs: the only door to the database. Nothing that was recorded is ever changed or removed."""

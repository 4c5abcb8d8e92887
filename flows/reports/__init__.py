"""Stairs: what people read. Workbooks, tables, and the account of a run in the terminal."""

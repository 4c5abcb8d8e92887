"""Stairs: may these bytes be read at all? Decided from the bytes alone, before any parser sees them."""

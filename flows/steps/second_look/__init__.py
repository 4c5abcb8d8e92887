"""A second look at the file itself, for what the reader does not tell of a cell: what it hides, and what hides it."""

"""Reports in, index out: reading, cleaning, sections, passages, vectors. Never asks a question."""

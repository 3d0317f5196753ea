"""How what the search ships with was fitted, and on what; nothing here runs at question time."""

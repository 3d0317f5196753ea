"""Who may do what, what was done, how much at once, and how the program is doing."""

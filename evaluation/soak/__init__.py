"""Many readers at once, on the running server, for as long as wanted."""

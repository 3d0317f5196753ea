"""All that is kept, in one file and back: reports, library, briefings and opinions."""

"""A cited place in, the pages as they were published out, its words boxed."""

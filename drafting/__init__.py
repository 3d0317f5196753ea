"""A paragraph drafted by a language model from quotations already found; off unless configured."""

"""Collected quotations: kept, put in order, checked against the library and exported."""

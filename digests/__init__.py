"""Digests of real inspection reports in our own words, and the script that makes PDFs of them.

The Markdown files hold the words, `digests.make` the layout; the PDFs go to `corpus/`.
"""

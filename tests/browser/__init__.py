"""What the browser tests need beside them: a server, a browser, a page of text to draw."""

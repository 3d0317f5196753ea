"""How long a browser takes to draw each page, and how many clicks and seconds common tasks take."""

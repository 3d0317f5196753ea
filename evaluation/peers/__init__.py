"""What the search is compared with: other programs, each set up as its own documentation does.

`python -m evaluation peers` starts each in `.venv-peers`, which `evaluation/peers/setup.sh` makes.
"""

"""`python -m evaluation.fuzzing.guided TARGET RUNS FOLDER`: fuzzing led by what code is reached.

Knows `atheris` (libFuzzer for Python), which follows every branch of our code and of pypdf's. It
ends at the first fault and leaves its bytes in FOLDER, where the cases that reached something new
gather too. Run by `evaluation.fuzzing.leading`, since it takes the process over.
"""

import sys
from pathlib import Path

import atheris

# Every module followed takes a while to be loaded; pypdf's many matter to files only.
_FOLLOWED = ["indexer", "search", *(["pypdf"] if sys.argv[1:2] == ["files"] else [])]

with atheris.instrument_imports(include=_FOLLOWED, enable_loader_override=False):
    from evaluation.fuzzing.targets import TARGETS


def main(target: str, runs: int, folder: Path) -> None:
    """Run a target so many times; ends the process."""
    arguments = [
        sys.argv[0],
        f"-runs={runs}",
        "-max_len=20000",
        "-timeout=60",
        "-rss_limit_mb=3000",
        f"-artifact_prefix={folder}/fault-",
        str(folder),
    ]
    atheris.Setup(arguments, TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))

"""Every file of a library damaged in several ways: found out, named, made again by a build."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from evaluation.faults.dying import Fault, in_child, run
from evaluation.faults.scenes import ENCODER, read_here, sound, state_of
from indexer.build import build
from indexer.errors import IndexDamaged, IndexMissing, LibraryError
from indexer.generations import current_folder, damage
from indexer.store import EmbeddedStore


@dataclass(frozen=True, slots=True)
class Damage:
    """One file damaged in one way: whether opening found it out, and what went wrong."""

    file: str
    harm: str
    at_opening: bool
    problems: tuple[str, ...]


def _gone(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    _rewrite(path, b"")


def _cut(path: Path) -> None:
    _rewrite(path, path.read_bytes()[: path.stat().st_size // 2])


def _grown(path: Path) -> None:
    _rewrite(path, path.read_bytes() + b"\0")


def _flipped_at(share: float) -> Callable[[Path], None]:
    def flip(path: Path) -> None:
        content = bytearray(path.read_bytes())
        if content:
            content[min(len(content) - 1, int(share * len(content)))] ^= 0x10
        _rewrite(path, bytes(content) or b"\1")

    return flip


def _rewrite(path: Path, content: bytes) -> None:
    """Put `content` in a file of its own: the generation before may share this one."""
    path.unlink()
    path.write_bytes(content)


HARMS: dict[str, Callable[[Path], None]] = {
    "gone": _gone,
    "empty": _empty,
    "cut in half": _cut,
    "a byte more": _grown,
    "a bit of the first byte": _flipped_at(0),
    "a bit in the middle": _flipped_at(0.5),
    "a bit of the last byte": _flipped_at(1),
}


def damage_all(library: Path, folder: Path) -> list[Damage]:
    """Damage each file of a copy of the library in each way; `folder` is for the copies."""
    files = in_child(lambda: list(_files(library)))
    return [_try(library, folder, file, harm) for file in files for harm in HARMS]


def _files(library: Path) -> Iterator[str]:
    index = library / "index"
    yield "current"
    generation = current_folder(index)
    for path in sorted(generation.rglob("*")):
        if path.is_file() and path.suffix != ".lock":
            yield path.relative_to(index).as_posix()


def _try(library: Path, folder: Path, file: str, harm: str) -> Damage:
    shutil.copytree(library, folder)
    HARMS[harm](folder / "index" / file)
    at_opening, *problems = in_child(lambda: [*_look(folder, file)])
    shutil.rmtree(folder)
    return Damage(Path(file).name, harm, bool(at_opening), tuple(map(str, problems)))


def _look(folder: Path, file: str) -> Iterator[bool | str]:
    """Whether opening finds the damage out; then whatever is wrong with finding and mending it."""
    index = folder / "index"
    try:
        EmbeddedStore.open(index)
        yield False
    except IndexMissing as error:
        yield True
        if file != "current":
            yield f"taken for no library at all: {error}"
    except IndexDamaged as error:
        yield True
        if Path(file).name.partition(".")[0] not in str(error) and file != "current":
            yield f"the file is not named: {error}"
    except LibraryError as error:
        yield True
        yield f"not said to be damaged: {error}"
    try:
        _, wrong = damage(index)
        if not any(Path(file).name in each for each in wrong):
            yield "a full check does not name it"
    except LibraryError:
        pass  # there is nothing to compare the files with; opening has said so
    read_here()
    build(folder / "corpus", index, ENCODER)
    yield from sound(index)


def opens_read_only(library: Path, user: int) -> Sequence[str]:
    """What goes wrong where someone who can write nothing opens the library."""
    import_module("mmap")  # numpy does so when needed; `user` may be unable to read our Python
    ended = run(lambda tell: tell(state_of(library).fingerprint), library, Fault(user=user))
    return [ended.error] if ended.error or not ended.told else []

"""Changes to the library: reports added, removed, replaced, their details corrected.

The corpus folder and its `reports.csv` are the truth; the library is brought up to date from them.
Each change holds the library for itself, and is undone where the library cannot follow it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from indexer.changing import READING_NEW, Change, Edited, Folders, Incoming, Outcome, changing
from indexer.errors import EditError, UnreadableReport
from indexer.forces import forces_named
from indexer.gathering import Progress, held_files
from indexer.names import report_id, safe_name
from indexer.overrides import check_row, full_force
from indexer.process import ReadingProcess

# What can be corrected of a report, each a column of reports.csv but `body`, which takes a police
# force's name too.
CORRECTABLE = (
    "title", "body", "programme", "inspected", "published", "year", "publisher", "superseded_by",
)  # fmt: skip


def add_reports(
    folders: Folders, incoming: Sequence[Incoming], progress: Progress | None = None
) -> Edited:
    """Copy the files that can be read into the corpus and bring the library up to date.

    What came of each file is an outcome; one that cannot be added does not keep the others out.
    Raises EditError or LibraryError where none can be.
    """
    say = progress or (lambda step, done, total: None)
    with changing(folders, f"adding {_counted(len(incoming))}") as change:
        outcomes: list[Outcome] = []
        with change.reading() as process:
            for number, each in enumerate(incoming):
                say(READING_NEW, number, len(incoming))
                outcomes.append(_add(change, process, each))
        say(READING_NEW, len(incoming), len(incoming))
        is_changed = any(outcome.state == "added" for outcome in outcomes)
        return Edited(tuple(outcomes), change.finish(progress) if is_changed else None)


def _add(change: Change, process: ReadingProcess, incoming: Incoming) -> Outcome:
    name = safe_name(incoming.name)
    try:
        staged = change.stage(incoming, name)
        held = change.same_content(staged)
        if held:
            said = f"It is in the library already: {change.named(held)}."
            return Outcome(name, "held", said, report_id(held))
        if report_id(name) in change.ids():
            said = (
                f"There is another file of that name already: {change.named(name)}. Replace that "
                "report with it, or give the file another name."
            )
            return Outcome(name, "refused", said, report_id(name))
        report = change.read(process, staged)
    except UnreadableReport as error:
        return Outcome(name, "refused", sentence(str(error)))
    change.take_in(staged)
    older, newer = change.mark_editions(report)
    said = "Added."
    if older:
        said = f"Added. It supersedes {', '.join(map(change.named, older))}."
    elif newer:
        said = f"Added, marked as superseded by {change.named(newer)}."
    return Outcome(name, "added", said, report.details.id)


def remove_reports(
    folders: Folders, names: Sequence[str], progress: Progress | None = None
) -> Edited:
    """Take reports out of the corpus and the library; `names` are files, ids or their starts.

    Raises EditError for an unknown report, and where none would be left.
    """
    with changing(folders, f"removing {_counted(len(names))}") as change:
        files = list(dict.fromkeys(find_file(folders.corpus, name) for name in names))
        if len(files) == len(change.ids()):
            raise EditError("That would leave no report in the library; add another first.")
        outcomes = [
            Outcome(file, "removed", f"Removed: {change.named(file)}.", report_id(file))
            for file in files
        ]
        for file in files:
            change.take_out(file)
        return Edited(tuple(outcomes), change.finish(progress))


def replace_report(
    folders: Folders, name: str, incoming: Incoming, progress: Progress | None = None
) -> Edited:
    """Put a file in the place of a report, which keeps its name and what was corrected of it.

    Raises EditError where either cannot be.
    """
    with changing(folders, "replacing a report") as change:
        old = find_file(folders.corpus, name)
        given = safe_name(incoming.name)
        new = f"{Path(old).stem}{Path(given).suffix or Path(old).suffix}"
        if new != old and report_id(new) in change.ids():
            raise EditError(f"There is another report {new} already; remove that one first.")
        try:
            staged = change.stage(incoming, new)
            held = change.same_content(staged)
            if held:
                raise EditError(
                    f"{given} is in the library already: {change.named(held)}. Nothing is changed."
                )
            with change.reading() as process:
                report = change.read(process, staged)
        except UnreadableReport as error:
            raise EditError(f"{given}: {error}. Nothing is changed.") from error
        said = f"Replaced: {change.named(old)}."
        change.put_in_place(old, staged)
        outcome = Outcome(new, "replaced", said, report.details.id)
        return Edited((outcome,), change.finish(progress))


def correct_details(
    folders: Folders, name: str, cells: Mapping[str, str], progress: Progress | None = None
) -> Edited:
    """Keep what `cells` say of a report in reports.csv; a blank one lets the report speak again.

    The names of the cells are those of CORRECTABLE. Raises EditError for what cannot be.
    """
    with changing(folders, "correcting a report's details") as change:
        file = find_file(folders.corpus, name)
        row = dict(change.rows.get(file, {}))
        for column, value in cells.items():
            if column not in CORRECTABLE:
                raise EditError(f"{column!r} is none of {', '.join(CORRECTABLE)}.")
            row.pop(column, None)
            text = " ".join("".join(c if c.isprintable() else " " for c in value).split())
            if column == "body":
                row.pop("force", None)
                column = "force" if _is_force(text) else "body"
            if column == "superseded_by" and text:
                text = _newer_file(change, folders.corpus, file, text)
            if text:
                row[column] = text
        check_row(row)
        change.write_rows({**change.rows, file: row})
        outcome = Outcome(file, "corrected", "Saved.", report_id(file))
        return Edited((outcome,), change.finish(progress))


def find_file(corpus: Path, name: str) -> str:
    """The one file of the corpus that `name` names: its file, its id, or the start of either.

    Raises EditError where there is none, or more than one.
    """
    files = [path.name for path in held_files(corpus)]
    wanted = name.casefold()
    named = {file: (file.casefold(), report_id(file)) for file in files}
    exact = [file for file in files if wanted in named[file]]
    found = exact or [file for file in files if any(n.startswith(wanted) for n in named[file])]
    if len(found) == 1:
        return found[0]
    shown = found or files
    listed = ", ".join(shown[:8]) + (f" and {len(shown) - 8} more" if len(shown) > 8 else "")
    said = "is the start of several reports" if found else "is no report in the library"
    raise EditError(f"{name!r} {said}: {listed or 'there are none'}.")


def sentence(reason: str) -> str:
    """A reason such as "it is damaged" as a sentence."""
    return f"{reason[:1].upper()}{reason[1:].removesuffix('.')}."


def _is_force(name: str) -> bool:
    """Whether all of `name` is a police force's name: "Kent County Council" is none."""
    whole = name.casefold().removeprefix("the ")
    named = [each.span.of(name).casefold().removeprefix("the ") for each in forces_named(name)]
    return bool(full_force(name)) and whole in (*named, full_force(name).casefold())


def _newer_file(change: Change, corpus: Path, file: str, name: str) -> str:
    newer = find_file(corpus, name)
    seen = newer
    while seen:
        if seen == file:
            raise EditError("A report cannot supersede itself, nor one that supersedes it.")
        seen = change.rows.get(seen, {}).get("superseded_by", "")
    return newer


def _counted(count: int) -> str:
    return f"{count} report{'' if count == 1 else 's'}"

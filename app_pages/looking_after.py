"""How well each report was understood; one of them corrected, replaced or removed."""

from collections.abc import Sequence

import streamlit as st

from app_pages.adding import incoming
from app_pages.drawing import draw_report_link
from app_pages.keeping import largest_upload, start
from app_pages.literal import literal
from app_pages.words import FOUND, counted, kind_count
from indexer.editing import correct_details, remove_reports, replace_report
from indexer.health import Health
from indexer.programmes import programmes
from indexer.types import ReportDetails
from search.library import Library


def draw_health(healths: Sequence[Health]) -> None:
    """Draw a row for each report."""
    st.header("Reports held", anchor=False)
    rows = {
        "Report": [literal(_held_as(each.details)) for each in healths],
        "Read as": [literal(_read_as(each)) for each in healths],
        "Found in it": [literal(_found(each)) + _notes(each) for each in healths],
    }
    st.table(rows, border="horizontal", hide_header=False)


def draw_looking_after(library: Library, healths: Sequence[Health], is_open: bool) -> None:
    """Draw one report, to be chosen: its health and, where it may be changed, the ways to."""
    st.header("Look at one report", anchor=False)
    held = {each.details.id: each for each in healths}
    chosen = st.selectbox(
        "Report",
        list(held),
        format_func=lambda each: _told_apart(held[each].details),
        key="kept_report",
    )
    if chosen not in held:
        return
    health = held[chosen]
    details = health.details
    with st.container(border=True):
        draw_report_link(details)
        st.markdown(literal(f"{_read_as(health)}. {_found(health)}."))
        for warning in health.warnings:
            st.caption(f":material/info: Note: {literal(warning)}.")
        if is_open:
            _draw_details(library, details, [each for each in held if each != chosen])
            _draw_replace(details)
            _draw_remove(details)


def _named(details: ReportDetails) -> str:
    title = f"{details.title} {details.published}".strip()
    return ", ".join(part for part in (details.force, title) if part)


def _held_as(details: ReportDetails) -> str:
    return f"{_named(details)} – superseded" if details.superseded_by else _named(details)


def _told_apart(details: ReportDetails) -> str:
    """A report's name with its file's, since editions share all but that."""
    return f"{_held_as(details)} ({details.file})"


def _read_as(health: Health) -> str:
    programme = health.details.programme
    return f"{programme} ({health.confidence:.0%} sure)" if health.confidence else programme


def _found(health: Health) -> str:
    pages = counted(health.pages, "page") if health.pages else "Pages not known"
    blank = f" ({health.blank_pages} without text)" if health.blank_pages else ""
    counts = dict(health.findings)
    findings = [kind_count(kind, counts[kind]) for kind in FOUND if counts.get(kind)]
    said = [f"{pages}{blank}", counted(health.sections, "section"), *findings]
    return ", ".join([*said, counted(health.grades, "grade")])


def _notes(health: Health) -> str:
    return f" ({counted(len(health.warnings), 'note')})" if health.warnings else ""


def _draw_details(library: Library, details: ReportDetails, others: Sequence[str]) -> None:
    known = [each.name for each in programmes()]
    key = f"{library.fingerprint[:12]}_{details.id}"
    with st.expander("Correct its details"), st.form(f"details_{key}", border=False):
        cells = {
            "title": st.text_input("Title", details.title, max_chars=300, key=f"title_{key}"),
            "body": st.text_input(
                "Force, council or area", details.force, max_chars=300, key=f"body_{key}"
            ),
            "programme": st.selectbox(
                "Programme",
                known,
                index=known.index(details.programme) if details.programme in known else None,
                key=f"programme_{key}",
            ),
            "inspected": st.text_input(
                "Date of the inspection", details.inspected, max_chars=60, key=f"inspected_{key}"
            ),
            "published": st.text_input(
                "Date of publication", details.published, max_chars=60, key=f"published_{key}"
            ),
            "year": st.text_input("Year", str(details.year or ""), max_chars=4, key=f"year_{key}"),
            "superseded_by": st.selectbox(
                "Newer edition of the same report",
                ["", *others],
                index=["", *others].index(details.superseded_by)
                if details.superseded_by in others
                else 0,
                format_func=lambda each: _told_apart(library.details[each]) if each else "None",
                key=f"superseded_{key}",
            ),
        }
        st.caption("A field left empty is filled from the report itself.")
        if st.form_submit_button("Save the details"):
            before = {
                "title": details.title, "body": details.force, "programme": details.programme,
                "inspected": details.inspected, "published": details.published,
                "year": str(details.year or ""), "superseded_by": details.superseded_by,
            }  # fmt: skip
            changed = {name: cell or "" for name, cell in cells.items() if cell != before[name]}
            if changed:
                start(lambda folders, say: correct_details(folders, details.id, changed, say))
                st.rerun()
            st.caption("Nothing was changed.")


def _draw_replace(details: ReportDetails) -> None:
    with st.expander("Replace it with another file"):
        file = st.file_uploader(
            "The file to put in its place",
            max_upload_size=largest_upload(),
            key=f"replacement_{details.id}",
        )
        st.caption(
            "What was corrected of it stays. Links to it go on working where the new file is of "
            "the same kind."
        )
        if st.button("Replace this report", disabled=file is None) and file is not None:
            (new,) = incoming([file])
            start(lambda folders, say: replace_report(folders, details.id, new, say))
            st.rerun()


def _draw_remove(details: ReportDetails) -> None:
    with st.expander("Remove it"):
        st.markdown(
            "Its file is deleted, and nothing answers from it any more. Briefings that quote it "
            "say so and leave those quotations out of every download."
        )
        sure = st.checkbox("Yes, delete this report", key=f"sure_{details.id}")
        if st.button("Remove this report", disabled=not sure):
            start(lambda folders, say: remove_reports(folders, [details.id], say))
            st.rerun()

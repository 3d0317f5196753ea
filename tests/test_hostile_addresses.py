"""Addresses and filters that nobody's screen made, and questions in the languages of stores."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app_pages.address import asked_params, choices_of, read_asked, read_span
from briefing.keeping import is_key
from guarding.replaying import filters_entry
from search.library import Library
from search.types import Filters

NAMES = ("q", "force", "year", "framework", "kind", "grade", "superseded", "without", "x")
QUIET = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Pieces of Tantivy's query language and of SQL, and names of what they would reach.
PIECES = (
    "AND", "OR", "NOT", "TO", "*", "?", "~2", "^9", "+", "-", "(", ")", "[", "]", "{", "}", '"',
    "'", ":", ";", "--", "/*", "*/", "\\", "%", "_", "||", "row:", "text:", "title:[a TO z]", "1=1",
    "UNION SELECT", "DROP TABLE passages", "ATTACH", "PRAGMA", "MATCH", "calls", "Kent", "\x00",
)  # fmt: skip
SYNTAX = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)
ANY = st.one_of(st.text(max_size=30), SYNTAX)


class Params:
    """An address as the screens see it."""

    def __init__(self, values: Mapping[str, Sequence[str]]) -> None:
        self._values = values

    def get_all(self, key: str) -> Sequence[str]:
        """The values of a name."""
        return self._values.get(key, [])


@given(values=st.dictionaries(st.sampled_from(NAMES), st.lists(ANY, max_size=4)))
@QUIET
def test_any_address_becomes_filters_that_the_library_holds(
    sample_library: Library, values: dict[str, list[str]]
) -> None:
    choices = choices_of(sample_library)
    asked, left_out = read_asked(Params(values), choices)
    filters = asked.filters
    assert set(filters.forces) <= set(choices.forces)
    assert set(filters.years) <= set(choices.years)
    assert set(filters.frameworks) <= set(choices.frameworks)
    assert set(filters.grades) <= set(choices.grades)
    assert set(filters.findings) <= set(choices.kinds)
    assert set(left_out) <= {value for each in values.values() for value in each}
    params = {
        name: [value] if isinstance(value, str) else value
        for name, value in asked_params(asked).items()
    }
    assert read_asked(Params(params), choices) == (asked, ())
    answer = sample_library.ask(asked.text, filters, asked.taken)
    assert answer.text


def test_an_address_takes_only_so_many_labels_away(sample_library: Library) -> None:
    params = Params({"without": [f"{number}{'x' * 5000}" for number in range(5000)]})
    asked, _ = read_asked(params, choices_of(sample_library))
    assert len(asked.taken) == 50
    assert max(map(len, asked.taken)) == 200


@given(start=ANY, end=ANY, length=st.integers(0, 1000))
@QUIET
def test_any_place_in_an_address_lies_in_the_report(start: str, end: str, length: int) -> None:
    span = read_span({"start": start, "end": end}, length)
    assert span is None or 0 <= span.start <= span.end <= length


@given(text=SYNTAX)
@QUIET
def test_no_store_s_language_is_understood(sample_library: Library, text: str) -> None:
    answer = sample_library.ask(text)
    assert answer.text
    places = sample_library.store.manifest.passages
    assert answer.coverage.passages <= places
    assert len(sample_library.details) == 2


@given(text=ANY)
@QUIET
def test_no_filter_breaks_out_of_its_value(sample_library: Library, text: str) -> None:
    for filters in (Filters(forces=(text,)), Filters(frameworks=(text,)), Filters(grades=(text,))):
        answer = sample_library.ask("calls", filters)
        # Passages outside every framework have a framework without a name.
        held = {text} & {*sample_library.forces, *sample_library.grades, ""}
        assert not answer.quotations or held
        assert filters_entry(filters)


@pytest.mark.parametrize("key", ["../../x", "a' OR 1=1 --", "\x00" * 32, "A" * 33, ""])
def test_no_key_but_a_key_opens_a_briefing(key: str) -> None:
    assert not is_key(key)

"""Boxes of choices kept in step with the address of a page: the address is the truth."""

from collections.abc import Callable, Sequence

import streamlit as st

from app_pages.address import kept_and_left_out
from search.bodies import kind_of


def label_of(name: str, options: Sequence[str]) -> str:
    """What a box of choices is called: of bodies after what they are, others as they are named."""
    return (kind_of(options) if name == "force" else name).capitalize()


def choose(
    label: str,
    name: str,
    options: Sequence[str],
    place: str,
    *,
    most: int | None = None,
    placeholder: str = "Any",
    named: Callable[[str], str] = str,
    tip: str | None = None,
) -> tuple[str, ...]:
    """Draw a box of several choices that stands in the address as `name`; what is chosen.

    `place` tells boxes of different pages apart.
    """
    chosen, _ = kept_and_left_out(st.query_params, name, options)
    chosen = chosen[:most]
    key = _filled(place, name, list(chosen))
    st.multiselect(
        label,
        options,
        key=key,
        placeholder=placeholder,
        format_func=named,
        max_selections=most,
        help=tip,
        on_change=_follow,
        args=(name, key),
    )
    return chosen


def choose_one(
    label: str, name: str, options: Sequence[str], place: str, named: Callable[[str], str]
) -> str:
    """Draw a box of one choice, the first unless the address holds another."""
    chosen, _ = kept_and_left_out(st.query_params, name, options)
    value = chosen[0] if chosen else options[0]
    key = _filled(place, name, value)
    st.selectbox(
        label, options, key=key, format_func=named, on_change=_follow_one, args=(name, key)
    )
    return value


def switch(label: str, name: str, place: str) -> bool:
    """Draw a switch that stands in the address as `name` while it is on."""
    is_on = "".join(st.query_params.get_all(name)[:1]) == "yes"
    key = _filled(place, name, is_on)
    st.toggle(label, key=key, on_change=_follow_switch, args=(name, key))
    return is_on


def left_out_of(allowed: dict[str, Sequence[str]]) -> tuple[str, ...]:
    """The values of these names in the address that are not allowed."""
    lost = (kept_and_left_out(st.query_params, name, each)[1] for name, each in allowed.items())
    return tuple(value for values in lost for value in values)


def _filled(place: str, name: str, value: object) -> str:
    key = f"{place}_{name}"
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    return key


def _follow(name: str, key: str) -> None:
    put(name, st.session_state[key])


def _follow_one(name: str, key: str) -> None:
    put(name, [st.session_state[key]])


def _follow_switch(name: str, key: str) -> None:
    put(name, ["yes"] if st.session_state[key] else [])


def put(name: str, values: Sequence[str]) -> None:
    """Make the address hold these values of a name; without any, not the name either."""
    if values:
        st.query_params[name] = list(values)
    elif name in st.query_params:
        del st.query_params[name]

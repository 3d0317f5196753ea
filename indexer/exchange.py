"""Frozen dataclasses out as JSON and in again, for what passes between processes.

Every value is checked against its type on the way in: what comes from a process that reads other
people's files is data, never code.
"""

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def as_plain(value: object) -> object:
    """`value` as lists, strings, numbers and None; a dataclass is the list of its fields."""
    if is_dataclass(value):
        return [as_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple):
        return [as_plain(each) for each in value]
    return value


def from_plain(kind: type[T], value: object) -> T:
    """The dataclass `kind` that `value` holds; raises ValueError where it holds none."""
    try:
        read: T = _reader(kind)(value)  # type: ignore[arg-type]  # classes do have a hash
    except (TypeError, KeyError, LookupError) as error:
        raise ValueError(f"no {kind.__name__}: {error}") from error
    return read


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - types of all kinds
    """What reads a value of the type `kind`."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_reader(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _tuple_reader(inner)
    if origin is Literal:
        return lambda value: _checked(value in inner, value)
    if origin is types.UnionType:
        readers = {each: _reader(each) for each in inner if each is not type(None)}
        (reader,) = readers.values()
        return lambda value: None if value is None else reader(value)
    return lambda value: _checked(type(value) is kind, value)


def _dataclass_reader(kind: type) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = [_reader(hints[field.name]) for field in fields(kind)]

    def read(values: Any) -> Any:  # noqa: ANN401
        _checked(isinstance(values, list), values)
        return kind(*(reader(each) for reader, each in zip(readers, values, strict=True)))

    return read


def _tuple_reader(inner: tuple[Any, ...]) -> Callable[[Any], Any]:
    readers = [_reader(each) for each in inner if each is not Ellipsis]

    def read(values: Any) -> Any:  # noqa: ANN401
        _checked(isinstance(values, list), values)
        if inner[-1] is Ellipsis:
            return tuple(readers[0](each) for each in values)
        return tuple(reader(each) for reader, each in zip(readers, values, strict=True))

    return read


def _checked(is_right: bool, value: T) -> T:
    if not is_right:
        raise ValueError(f"a value of another type: {value!r:.80}")
    return value

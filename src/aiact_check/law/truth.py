"""Strong Kleene logic: what is known to hold, known not to hold, or not yet known."""

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """One of three values. It refuses to be a bool, so that unknown is never taken for no."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("a Truth is not a bool: compare it with `is Truth.TRUE`")


def truth(known: bool) -> Truth:
    """The truth value of something known."""
    return Truth.TRUE if known else Truth.FALSE


def all_of(values: Iterable[Truth]) -> Truth:
    """Kleene's conjunction; of nothing, true."""
    result = Truth.TRUE
    for value in values:
        if value is Truth.FALSE:
            return Truth.FALSE
        if value is Truth.UNKNOWN:
            result = Truth.UNKNOWN
    return result


def any_of(values: Iterable[Truth]) -> Truth:
    """Kleene's disjunction; of nothing, false."""
    result = Truth.FALSE
    for value in values:
        if value is Truth.TRUE:
            return Truth.TRUE
        if value is Truth.UNKNOWN:
            result = Truth.UNKNOWN
    return result


def negate(value: Truth) -> Truth:
    """Kleene's negation: unknown stays unknown."""
    if value is Truth.UNKNOWN:
        return Truth.UNKNOWN
    return Truth.FALSE if value is Truth.TRUE else Truth.TRUE

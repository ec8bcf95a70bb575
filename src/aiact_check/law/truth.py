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


TRUE, FALSE, UNKNOWN = Truth  # asked for a hundred thousand times a verdict, where the way over the class is felt


def truth(known: bool) -> Truth:
    """The truth value of something known."""
    return TRUE if known else FALSE


def all_of(values: Iterable[Truth]) -> Truth:
    """Kleene's conjunction; of nothing, true."""
    result = TRUE
    for value in values:
        if value is FALSE:
            return FALSE
        if value is UNKNOWN:
            result = UNKNOWN
    return result


def any_of(values: Iterable[Truth]) -> Truth:
    """Kleene's disjunction; of nothing, false."""
    result = FALSE
    for value in values:
        if value is TRUE:
            return TRUE
        if value is UNKNOWN:
            result = UNKNOWN
    return result


def negate(value: Truth) -> Truth:
    """Kleene's negation: unknown stays unknown."""
    if value is UNKNOWN:
        return UNKNOWN
    return FALSE if value is TRUE else TRUE

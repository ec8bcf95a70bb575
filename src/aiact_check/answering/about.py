"""The company and the system of a questionnaire, in the company's own words: the shapes of both."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict


class CompanyData(TypedDict):
    """The company, as it calls itself."""

    name: str
    place: NotRequired[str]


class SystemData(TypedDict):
    """The system, as the company describes it."""

    name: str
    version: NotRequired[str]
    description: NotRequired[str]
    supplier: NotRequired[str]
    """Who provides it, where that is not the company."""
    owner: NotRequired[str]
    """Who answers for it in the company."""

"""A few broken inputs for every way in: `make fuzz` tries many. And a few kills: `python -m tools.kill` tries more."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from aiact_check.law.lawbook import RuleBase
from tools import entrances, fuzz, kill

ROUNDS = 12


def test_broken_input_ends_in_the_programs_own_problem(base: RuleBase) -> None:
    inputs, tries = entrances.corpus(base), Counter[str]()
    for seed in range(ROUNDS):
        assert list(fuzz.failures(base, inputs, seed, tries)) == []
    assert set(tries) == set(entrances.ENTRANCES)


def test_a_command_that_is_killed_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    for words, wait in zip(kill.COMMANDS, (0.6, 0.9, 1.2, 0.7, 1.5, 2.0), strict=True):
        assert kill.once(list(words), tmp_path, wait)[1] is None

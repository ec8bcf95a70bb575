"""What stands in a questionnaire under a wrong name or in a wrong place: said, and put right to read on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import yaml

from aiact_check.law.lawbook import RuleBase
from aiact_check.reading import meant
from aiact_check.reading.problem import Problem
from aiact_check.reading.source import Source
from aiact_check.reading.vocabulary import COMPANY, DETAILS, EVIDENCE, SYSTEM, TOP, WORK
from aiact_check.text import phrase

Pair = tuple[yaml.Node, yaml.Node]


def put_right(source: Source, base: RuleBase) -> tuple[Source, list[Problem]]:
    """The questionnaire with its names and places put right, and what was wrong with them."""
    found = list(_walk(source, base))
    return (source.again() if found else source), found


def _walk(source: Source, base: RuleBase) -> Iterator[Problem]:
    root = source.root
    if not isinstance(root, yaml.MappingNode):
        return
    yield from _renamed(source, root, _in(TOP))
    yield from _outside(source, root, base)
    for part, words in (("company", COMPANY), ("system", SYSTEM)):
        yield from _lifted(source, root, part, words)
        yield from _renamed(source, _child(root, part), _in(words))
    yield from _bulleted(source, root)
    answers, work = _child(root, "answers"), _child(root, "compliance")
    labels = {fact: (question.label, question.ask) for fact, question in base.questions.items()}
    facts, rules = meant.Names(labels, labels), meant.Names(base.rules)
    yield from _renamed(source, answers, lambda word: None if word in labels else facts.nearly(word))
    yield from _renamed(source, work, lambda word: None if word in base.rules else rules.exactly(word))
    for _, block in _pairs(answers):
        yield from _renamed(source, block, _in(DETAILS))
    for _, block in _pairs(work):
        yield from _renamed(source, block, _in(WORK))
        evidence = _child(block, "evidence")
        for item in evidence.value if isinstance(evidence, yaml.SequenceNode) else ():
            yield from _renamed(source, item, _in(EVIDENCE))


def _in(words: Mapping[str, str]) -> Callable[[str], str | None]:
    """Finds the key that is meant by a word."""
    return lambda word: words.get(word) or words.get(meant.plain(word))


def _pairs(block: yaml.Node | None) -> list[Pair]:
    return block.value if isinstance(block, yaml.MappingNode) else []


def _child(parent: yaml.Node | None, key: str) -> yaml.Node | None:
    return next((value for name, value in _pairs(parent) if name.value == key), None)


def _renamed(source: Source, block: yaml.Node | None, find: Callable[[str], str | None]) -> Iterator[Problem]:
    """Keys that mean a known one: they are taken for it where it is not there itself."""
    if not isinstance(block, yaml.MappingNode):
        return
    taken = {key.value for key, _ in block.value}
    for key, _ in block.value:
        found = find(key.value)
        if found is not None and found != key.value and found not in taken:
            yield source.at(key, phrase("problems.key_meant", name=key.value), phrase("problems.write_key", name=found))
            taken.add(found)
            key.value = found


def _outside(source: Source, root: yaml.MappingNode, base: RuleBase) -> Iterator[Problem]:
    """Answers at the margin rather than under `answers:`."""
    stray: list[Pair] = [pair for pair in root.value if pair[0].value in base.questions]
    if not stray:
        return
    key = "problems.outside_many" if len(stray) > 1 else "problems.outside"
    yield source.at(
        stray[0][0], phrase(key, name=stray[0][0].value, count=len(stray) - 1), phrase("problems.outside_hint")
    )
    answers = _child(root, "answers")
    held = {name.value for name, _ in _pairs(answers)}
    inside = [*_pairs(answers), *(pair for pair in stray if pair[0].value not in held)]
    mark = answers or stray[0][0]
    name = yaml.ScalarNode("tag:yaml.org,2002:str", "answers", mark.start_mark, mark.end_mark)
    rest: list[Pair] = [pair for pair in root.value if pair not in stray and pair[0].value != "answers"]
    root.value = [*rest, (name, _block(inside, mark))]


def _block(pairs: list[Pair], where: yaml.Node) -> yaml.MappingNode:
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, where.start_mark, where.end_mark)


def _lifted(source: Source, root: yaml.MappingNode, part: str, words: Mapping[str, str]) -> Iterator[Problem]:
    """Parts of the questionnaire that slipped under the company or the system."""
    block = _child(root, part)
    if not isinstance(block, yaml.MappingNode):
        return
    there = {key.value for key, _ in root.value}
    for pair in list(block.value):
        key = pair[0]
        if TOP.get(key.value) == key.value and key.value not in words and key.value not in there:
            message = phrase("problems.slipped", name=key.value, part=part)
            yield source.at(key, message, phrase("problems.slipped_hint", name=key.value))
            block.value.remove(pair)
            root.value.append(pair)


def _bulleted(source: Source, root: yaml.MappingNode) -> Iterator[Problem]:
    """Blocks written as a list of one-line blocks."""
    for place, (key, value) in enumerate(root.value):
        if key.value not in ("company", "system", "answers", "compliance") or not isinstance(value, yaml.SequenceNode):
            continue
        if value.value and all(isinstance(item, yaml.MappingNode) for item in value.value):
            yield source.at(value, phrase("problems.bulleted", name=key.value), phrase("problems.bulleted_hint"))
            pairs = {name.value: (name, item) for block in value.value for name, item in block.value}
            root.value[place] = (key, _block(list(pairs.values()), value))

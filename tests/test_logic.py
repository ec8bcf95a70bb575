"""The logic, on invented rules: sound in Kleene's sense, exact where asked, and honest about what is open."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiact_check.law.asked import Question
from aiact_check.law.condition import fold, misshapen
from aiact_check.law.evaluate import Answer, Answers, Choices, Law, Proofs, Values
from aiact_check.law.exact import MOST_NODES, MOST_OPEN, Residuals, exact
from aiact_check.law.model import Version
from aiact_check.law.proof import Proof, without
from aiact_check.law.truth import Truth, all_of, any_of, negate
from aiact_check.text import Text

SAY = Text("", "")


def question(kind: Any, **more: Any) -> Question:
    return Question(type=kind, ask=SAY, label=SAY, help=SAY, cite=[], **more)


QUESTIONS = {
    "a": question("yes_no"),
    "b": question("yes_no"),
    "colour": question("choice", choices={"red": SAY, "green": SAY, "blue": SAY}),
    "uses": question("choices", choices={"x": SAY, "y": SAY}),
    "size": question("number"),
    "day": question("date"),
    "detail": question("yes_no", asked_if={"fact": "a"}),
}
DOMAIN: dict[str, list[Answer]] = {
    "a": [False, True],
    "b": [False, True],
    "colour": ["red", "green", "blue"],
    "uses": [Choices(frozenset(some)) for some in chain.from_iterable(combinations("xy", n) for n in range(3))],
    "size": [9, 10, 50],
    "day": ["2026-08-01", "2026-08-02"],
    "detail": [False, True],
}
LEAVES: list[dict[str, Any]] = [
    {"fact": "a"},
    {"fact": "b"},
    {"fact": "detail"},
    {"fact": "colour", "one_of": ["red"]},
    {"fact": "colour", "one_of": ["green", "blue"]},
    {"fact": "uses", "has": "x"},
    {"fact": "uses", "has": ["x", "y"]},
    {"fact": "size", "at_least": 10},
    {"fact": "size", "below": 50},
    {"fact": "day", "before": "2026-08-02"},
    {"rule": "shared"},
]


def law(shared: dict[str, Any]) -> Law:
    return Law("2026-11-23", {"shared": Version(by="", cite="", when=shared)}, {}, {}, QUESTIONS)


conditions = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=8,
)
shared_rules = st.sampled_from([leaf for leaf in LEAVES if "rule" not in leaf])
partial = st.fixed_dictionaries({}, optional={fact: st.sampled_from(values) for fact, values in DOMAIN.items()})


def consistent(answers: dict[str, Answer]) -> dict[str, Answer]:
    """A question that does not arise has no answer."""
    return {fact: value for fact, value in answers.items() if fact != "detail" or answers.get("a") is True}


def completions(answers: Answers) -> Iterator[dict[str, Answer]]:
    open_facts = [fact for fact in DOMAIN if fact not in answers]
    for values in product(*(DOMAIN[fact] for fact in open_facts)):
        completed = {**answers, **dict(zip(open_facts, values, strict=True))}
        if completed["a"] is False:
            completed["detail"] = False
        yield completed


@given(conditions, shared_rules, partial)
@settings(max_examples=400, deadline=None)
def test_exact_is_what_every_completion_says_and_kleene_never_contradicts_it(
    condition: dict[str, Any], shared: dict[str, Any], answers: dict[str, Answer]
) -> None:
    known = consistent(answers)
    outcomes = {fold(condition, Values(law(shared), completed)) for completed in completions(known)}
    agreed = outcomes.pop() if len(outcomes) == 1 else Truth.UNKNOWN
    kleene = fold(condition, Values(law(shared), known))
    assert agreed is not Truth.UNKNOWN or outcomes
    assert kleene in (agreed, Truth.UNKNOWN)
    assert exact(Residuals(law(shared), known), condition) is agreed


def forced(proof: Proof) -> bool:
    """Whether the parts that decide give the value by themselves, all the way down."""
    parts = proof.deciding()
    if proof.shape == "test":
        return not parts or all(part.value is proof.value for part in parts)
    join: dict[str, Any] = {"all": all_of, "any": any_of, "rule": all_of, "not": lambda found: negate(next(found))}
    return join[proof.shape](part.value for part in parts) is proof.value and all(map(forced, parts))


@given(conditions, shared_rules, partial)
@settings(max_examples=200, deadline=None)
def test_a_proof_agrees_with_the_value_and_what_decides_forces_it(
    condition: dict[str, Any], shared: dict[str, Any], answers: dict[str, Answer]
) -> None:
    known = consistent(answers)
    proof = fold(condition, Proofs(law(shared), known))
    assert proof.value is fold(condition, Values(law(shared), known))
    assert forced(proof)


@given(conditions, shared_rules, partial)
@settings(max_examples=200, deadline=None)
def test_answering_only_what_is_not_open_changes_nothing(
    condition: dict[str, Any], shared: dict[str, Any], answers: dict[str, Answer]
) -> None:
    known = consistent(answers)
    proof = fold(condition, Proofs(law(shared), known))
    still_open = set(proof.open_facts)
    assert bool(still_open) is (proof.value is Truth.UNKNOWN)
    waiting = {"detail"} if "a" not in known else set()
    others = {fact: DOMAIN[fact][0] for fact in DOMAIN if fact not in known and fact not in still_open | waiting}
    assert fold(condition, Values(law(shared), consistent({**known, **others}))) is proof.value


def test_a_thing_or_its_contrary_holds_whatever_the_answer() -> None:
    either = {"any": [{"fact": "b"}, {"not": {"fact": "b"}}]}
    assert fold(either, Values(law({"fact": "a"}), {})) is Truth.UNKNOWN
    assert exact(Residuals(law({"fact": "a"}), {}), either) is Truth.TRUE
    for more in ({"fact": "a"}, {"not": {"fact": "size", "below": 50}}, {"fact": "uses", "has": ["x", "y"]}):
        assert exact(Residuals(law({"fact": "a"}), {}), {"any": [more, either]}) is Truth.TRUE
        assert exact(Residuals(law({"fact": "a"}), {}), {"all": [more, either]}) is Truth.UNKNOWN


X, Y = ({"fact": "uses", "has": choice} for choice in "xy")
A, B = {"fact": "a"}, {"fact": "b"}
FIFTY, TEN = {"fact": "size", "at_least": 50}, {"fact": "size", "at_least": 10}
FIRST, SECOND = ({"fact": "day", "before": f"2026-08-0{number}"} for number in (1, 2))


@pytest.mark.parametrize(
    "condition",
    [
        {"all": [Y, {"any": [X, {"not": X}]}]},
        {"all": [X, {"any": [X, B]}, Y]},
        {"any": [X, {"all": [X, B]}, {"not": Y}]},
        {"any": [A, {"all": [A, B]}]},
        {"any": [{"not": A}, {"all": [{"not": A}, B]}]},
        {"any": [FIFTY, TEN]},
        {"any": [TEN, FIFTY]},
        {"all": [FIFTY, TEN]},
        {"any": [FIRST, SECOND]},
        {"all": [SECOND, FIRST]},
    ],
)
def test_what_one_answer_alone_would_decide_either_way_stays_open(condition: dict[str, Any]) -> None:
    assert exact(Residuals(law({"fact": "a"}), {}), condition) is Truth.UNKNOWN


def test_a_choice_that_was_ruled_out_stays_so_in_what_is_tried() -> None:
    answers = {"uses": Choices(frozenset(), more=True, ruled_out=frozenset("x"))}
    only_x = {"all": [{"fact": "uses", "has": ["x", "y"]}, {"not": Y}]}
    assert exact(Residuals(law({"fact": "a"}), answers), only_x) is Truth.FALSE
    assert exact(Residuals(law({"fact": "a"}), {}), only_x) is Truth.UNKNOWN


def test_a_question_that_does_not_arise_is_no_and_one_that_may_arise_is_open_through_its_gate() -> None:
    detail = {"fact": "detail"}
    assert fold(detail, Values(law(detail), {"a": False})) is Truth.FALSE
    assert fold(detail, Values(law(detail), {"a": True})) is Truth.UNKNOWN
    assert fold(detail, Proofs(law(detail), {})).open_facts == ("a",)
    assert fold(detail, Proofs(law(detail), {"a": True})).open_facts == ("detail",)


def test_perhaps_others_leaves_only_the_unnamed_choices_open() -> None:
    answers = {"uses": Choices(frozenset("x"), more=True)}
    assert fold({"fact": "uses", "has": "x"}, Values(law({"fact": "a"}), answers)) is Truth.TRUE
    assert fold({"fact": "uses", "has": "y"}, Values(law({"fact": "a"}), answers)) is Truth.UNKNOWN


MANY = {f"q{number}": question("yes_no") for number in range(MOST_OPEN + 1)}
WIDE = question("choices", choices=dict.fromkeys(MANY, SAY))


def either(count: int) -> dict[str, Any]:
    """Of so many questions: the answer to one is yes or no."""
    return {"any": [part for name in list(MANY)[:count] for part in ({"fact": name}, {"not": {"fact": name}})]}


def test_what_more_answers_bear_on_than_can_be_tried_stays_open_and_no_more_than_that() -> None:
    versions = {"wide": Version(by="", cite="", when=either(MOST_OPEN + 1))}
    wide = Law("2026-11-23", versions, {}, {}, {**QUESTIONS, **MANY, "choices": WIDE})

    def found(condition: dict[str, Any], **answers: bool) -> Truth:
        return exact(Residuals(wide, answers), condition)

    assert found(either(MOST_OPEN)) is Truth.TRUE
    assert found(either(MOST_OPEN + 1)) is Truth.UNKNOWN
    for count, value in ((MOST_OPEN, Truth.TRUE), (MOST_OPEN + 1, Truth.UNKNOWN)):
        some = {"fact": "choices", "has": list(MANY)[:count]}
        assert found({"any": [some, {"not": some}]}) is value
    assert found({"any": [{"fact": "a"}] * MOST_NODES + [{"not": {"fact": "a"}}]}) is Truth.UNKNOWN
    rule = {"rule": "wide"}
    both, one_of_them = {"all": [rule, {"fact": "a"}]}, {"any": [rule, {"fact": "a"}]}
    assert {found(condition) for condition in (rule, {"not": rule}, both, one_of_them)} == {Truth.UNKNOWN}
    assert found(both, a=False) is Truth.FALSE
    assert found(both, a=True) is Truth.UNKNOWN
    assert found(one_of_them, a=True) is Truth.TRUE
    assert found({"any": [rule, {"not": {"fact": "a"}}, {"fact": "a"}]}) is Truth.UNKNOWN


@pytest.mark.parametrize("first", Truth)
@pytest.mark.parametrize("second", Truth)
def test_kleene_tables(first: Truth, second: Truth) -> None:
    order = [Truth.FALSE, Truth.UNKNOWN, Truth.TRUE]
    both = sorted([first, second], key=order.index)
    assert all_of([first, second]) is both[0]
    assert any_of([first, second]) is both[1]
    assert order.index(negate(first)) == 2 - order.index(first)


def test_unknown_is_never_taken_for_no() -> None:
    with pytest.raises(TypeError):
        bool(Truth.UNKNOWN)


MISSHAPEN: tuple[Any, ...] = (
    "x", [], {}, {"all": []}, {"any": {}}, {"all": "x"}, {"not": []}, {"fact": "a", "before": "tomorrow or so"},
    {"fact": "a", "on_or_after": 3}, {"fact": "a", "at_least": True}, {"fact": "a", "below": "9"},
    {"fact": "a", "has": []}, {"fact": "a", "one_of": "b"}, {"fact": "a", "like": 1},
    {"all": [{"fact": "a"}, {"any": []}]}, {"rule": 3}, {"rule": "Not an id"}, {"fact": 3}, {"fact": "Not an id"},
    {"fact": "a", "has": ["b", 3]}, {"fact": "a", "has": 3}, {"fact": "a", "at_least": 1, "below": 2},
    {"all": [{"fact": "a"}], "any": [{"fact": "b"}]}, {"fact": "a", "before": "A Day"},
)  # fmt: skip
SHAPEN: tuple[Any, ...] = (
    {"fact": "a"}, {"rule": "b"}, {"not": {"fact": "a"}}, {"all": [{"fact": "a"}, {"any": [{"rule": "b"}]}]},
    {"fact": "a", "before": "2026-08-02"}, {"fact": "a", "at_least": 0}, {"fact": "a", "has": ["b", "c"]},
)  # fmt: skip


def test_a_condition_is_taken_in_its_shape_only() -> None:
    assert [node for node in MISSHAPEN if not list(misshapen(node))] == []
    assert [node for node in SHAPEN if list(misshapen(node))] == []


def test_what_is_wrong_with_a_condition_is_said_where_it_stands_and_in_one_order() -> None:
    found = list(
        misshapen(
            {"all": [{"fact": "a"}, {"not": {"any": [{"rule": 3}, {"zeal": 1, "mirth": 2, "joy": 3, "ardour": 4}]}}]}
        )
    )
    assert [path for path, _, _ in found] == [("all", 1, "not", "any", 0, "rule"), ("all", 1, "not", "any", 1)]
    assert found[1][1] == "not a condition: ardour, joy, mirth, zeal"
    assert next(misshapen({}))[1] == "not a condition: nothing"


def test_another_answer_leaves_the_proofs_that_do_not_ask_its_question() -> None:
    rules: dict[str, dict[str, Any]] = {
        "on_a": {"fact": "a"},
        "on_b": {"fact": "b"},
        "on_on_a": {"any": [{"fact": "b"}, {"rule": "on_a"}]},
        "on_detail": {"not": {"fact": "detail"}},
    }
    versions = {name: Version(by="", cite="", when=when) for name, when in rules.items()}
    proofs = Proofs(Law("2026-11-23", versions, {}, {}, QUESTIONS), {})
    for name in rules:
        proofs.rule(name)
    assert set(without("a", proofs.known)) == {"on_b"}
    assert set(without("b", proofs.known)) == {"on_a", "on_detail"}
    assert set(without("detail", proofs.known)) == {"on_a", "on_b", "on_on_a"}

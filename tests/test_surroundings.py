"""Machines and files that misbehave: a clear line or no effect, and what is replaced keeps its nature."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fontTools import ttLib

from aiact_check.answering import answers
from aiact_check.answering.schema import MAX_NAME, MAX_NOTE, MAX_NUMBER
from aiact_check.cli import main
from aiact_check.kept import digest
from aiact_check.law import files, rulebase
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import OWED
from aiact_check.reading.problem import Problems
from aiact_check.reading.source import skim
from aiact_check.text import data_folder, sentences
from aiact_check.wording import faces, typeset
from tests.conftest import TOP

SPAM = TOP / "questionnaires" / "examples" / "spam-filter.en.yaml"
HEAD = "company: { name: A }\nsystem: { name: B }\nanswers:\n"
WRITES: dict[str, Callable[[Path, Path], list[object]]] = {
    "assess": lambda given, target: ["assess", given, "-o", target, "--format", "json", "--force"],
    "draft": lambda given, target: ["draft", given, "declaration", "-o", target, "--force"],
    "merge": lambda given, target: ["merge", given, given, "-o", target, "--force"],
    "questionnaire": lambda _, target: ["questionnaire", "-o", target, "--force"],
    "letter": lambda given, target: ["questions", given, "--ask", "owner", "-o", target, "--force"],
}
"""Every command that writes a file it is told to; draft and letter write by suffix."""


def run(*arguments: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)), input=typed)


def program(*arguments: object, shell: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """The program itself, in a process of its own; `shell` is what follows it on a command line."""
    line = f'"$@" {shell}'
    words = [sys.executable, "-m", "aiact_check", *map(str, arguments)]
    surroundings = {**os.environ, "PYTHONPATH": str(TOP / "src"), **env}
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}", "bash", *words],
        capture_output=True, text=True, errors="replace", cwd=TOP, env=surroundings, timeout=60,
    )  # fmt: skip


def plain(result: Result) -> bool:
    """Whether a command ended as it should: by its own exit code, never by an exception it did not expect."""
    return result.exception is None or isinstance(result.exception, SystemExit)


@pytest.fixture
def given(tmp_path: Path) -> Path:
    copy = tmp_path / "given.yaml"
    copy.write_text(HEAD, "utf-8")
    return copy


def suffix(command: str) -> str:
    return {"assess": ".json", "draft": ".md", "letter": ".md"}.get(command, ".yaml")


@pytest.mark.parametrize("command", WRITES)
def test_what_is_replaced_keeps_its_mode_and_a_link_keeps_leading(command: str, given: Path, tmp_path: Path) -> None:
    real, link = tmp_path / f"real{suffix(command)}", tmp_path / f"link{suffix(command)}"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real.name)
    result = run(*WRITES[command](given, link))
    assert result.exit_code == 0, result.output
    assert link.is_symlink()
    assert real.read_text() != "old"
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("command", WRITES)
@pytest.mark.parametrize("kind", ["read-only", "folder", "pipe", "device"])
def test_what_cannot_be_replaced_is_left_alone(command: str, kind: str, given: Path, tmp_path: Path) -> None:
    target = tmp_path / f"target{suffix(command)}"
    match kind:
        case "read-only":
            target.write_text("old")
            target.chmod(0o444)
        case "folder":
            target.mkdir()
        case "pipe":
            os.mkfifo(target)
        case "device":
            target.symlink_to("/dev/full")
    before = target.stat()
    result = run(*WRITES[command](given, target))
    assert plain(result), result.exception
    assert result.exit_code == 1
    assert "it is left as it is" in result.output
    assert (before.st_mode, before.st_ino) == (target.stat().st_mode, target.stat().st_ino)
    assert kind != "read-only" or target.read_text() == "old"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_private_answers_stay_private(given: Path) -> None:
    given.write_bytes(SPAM.read_bytes())
    given.chmod(0o600)
    assert run("questionnaire", "--duties", given).exit_code == 0
    assert "compliance:" in given.read_text("utf-8")
    assert given.stat().st_mode & 0o777 == 0o600


def test_a_link_that_leads_nowhere_is_not_overwritten_unasked(given: Path, tmp_path: Path) -> None:
    link = tmp_path / "x.json"
    link.symlink_to("elsewhere.json")
    assert run("assess", given, "-o", link).exit_code == 2
    assert run("assess", given, "-o", link, "--force").exit_code == 0
    assert link.is_symlink()
    assert (tmp_path / "elsewhere.json").read_text().startswith("{")


def test_a_font_is_set_as_it_was_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    font = data_folder() / "reports" / "fonts" / "Newsreader-SemiBold.woff2"
    first, again = faces.unpacked(font), faces.unpacked(font)
    assert first == again
    assert ttLib.TTFont(BytesIO(again)).getBestCmap().keys() == ttLib.TTFont(font).getBestCmap().keys() != set()


def test_a_full_disk_leaves_the_old_file_whole(given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "x.json"
    target.write_text("old")

    def full(self: Path, content: bytes) -> int:
        with open("/dev/full", "wb") as device:  # noqa: PTH123 - this is how a path is written, on another device
            return device.write(content)

    monkeypatch.setattr(Path, "write_bytes", full)
    result = run("assess", given, "-o", target, "--force")
    assert result.exit_code == 1
    assert "No space left" in result.output
    assert target.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["given.yaml", "x.json"]


@pytest.mark.parametrize("path", [".", "/", "", "..", "x" * 300, "/dev/null", "a/b", "/proc/self/mem"])
@pytest.mark.parametrize(
    "command", ["assess", "questions", "explain", "whatif", "levers", "draft", "merge", "diff", "extract", "interview"]
)
def test_odd_paths_end_in_a_clear_line(
    command: str, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    more = {"whatif": ["areas=[]"], "merge": [path], "diff": [path]}.get(command, [])
    result = run(command, path, *more, typed="")
    assert plain(result), (command, path, result.exception)
    assert result.exit_code in (1, 2)
    assert not list(tmp_path.iterdir())


def test_a_pipe_as_input_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    for command in ("assess", "interview", "extract"):
        result = run(command, pipe, typed="")
        assert plain(result)
        assert result.exit_code == 1
        assert "pipe or a device" in result.output


def test_a_folder_without_rights_is_said(given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("aiact_check.cli.writing.tempfile.mkstemp", refused)
    for command, words in WRITES.items():
        result = run(*words(given, tmp_path / f"x{suffix(command)}"))
        assert plain(result), result.exception
        assert (result.exit_code, "Permission denied" in result.output) == (1, True)


@pytest.mark.parametrize("arguments", [["--version"], ["assess", "--help"], ["questions", str(SPAM)]], ids=" ".join)
def test_a_full_device_is_said_and_a_closed_pipe_or_output_is_no_failure_of_ours(arguments: list[str]) -> None:
    full = program(*arguments, shell="> /dev/full")
    assert full.returncode == 1
    assert full.stderr.strip().endswith("No space left on device")
    assert len(full.stderr.strip().splitlines()) == 1
    for shell in ("| true", ">&- 2>&- <&-"):
        said = program(*arguments, shell=shell).stderr
        assert "Traceback" not in said
        assert "Exception" not in said


def test_a_report_printed_to_a_full_device_or_a_closed_pipe(given: Path) -> None:
    for form, shell, unbuffered in (
        ("md", "> /dev/full", ""), ("html", "| head -c 10 > /dev/null", ""), ("html", "| head -c 10 > /dev/null", "1"),
    ):  # fmt: skip
        printed = program("assess", given, "-o", "-", "--format", form, shell=shell, PYTHONUNBUFFERED=unbuffered)
        assert printed.returncode == 1, (form, unbuffered)
        assert "Traceback" not in printed.stderr


@pytest.mark.parametrize(
    "env",
    [{"PYTHONIOENCODING": "latin-1"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX", "LANG": ""}],
    ids=str,
)
def test_no_encoding_of_the_terminal_breaks_the_program(env: dict[str, str], tmp_path: Path) -> None:
    given = tmp_path / "é.yaml"
    given.write_text(SPAM.read_text("utf-8").replace("lang: en", "lang: fr"), "utf-8")
    found = program("questions", given, "--lang", "fr", **env)
    assert (found.returncode, found.stderr) == (0, "")
    assert program("assess", given, "-o", tmp_path / "x.md", "--lang", "fr", **env).returncode == 0


def test_a_user_without_a_home_or_a_cache_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, base: RuleBase
) -> None:
    monkeypatch.setattr("aiact_check.law.lint.check", lambda files, digest: base)
    made = rulebase.load.__wrapped__
    (tmp_path / "aiact-check").write_text("a file where the folder should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert made() is base
    monkeypatch.delenv("XDG_CACHE_HOME")

    def homeless(path: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "expanduser", homeless)
    assert made() is base


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, base: RuleBase) -> Path:
    """The file of a cache of this test's own, as the program wrote it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("aiact_check.law.lint.check", lambda files, digest: base)
    assert rulebase.load.__wrapped__() is base
    return next((tmp_path / "aiact-check").glob("rules-*.json"))


def kept_beside(cache: Path) -> set[str]:
    """What lies in the folder of a cache besides it."""
    return {path.name.partition("-")[0] for path in cache.parent.iterdir()} - {"rules"}


def used(base: RuleBase) -> bool:
    """Whether a run takes its rules from the cache, and not from the files."""
    return rulebase.load.__wrapped__() is not base


def test_the_cache_is_the_users_alone_and_is_used(cache: Path, base: RuleBase) -> None:
    assert cache.parent.stat().st_mode & 0o777 == 0o700
    assert used(base)
    assert kept_beside(cache) == {"seen"}


def test_the_rules_from_the_cache_are_those_of_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made, *again = (rulebase.load.__wrapped__() for _ in range(2))
    for read in again:
        assert asdict(replace(read, examples=dict(read.examples))) == asdict(made)


@pytest.mark.parametrize("content", ["null", "[]", "{}", '{"hash": 1}', "[" * 100_000, "", "\x00"])
@pytest.mark.parametrize("sealed", [True, False])
def test_a_cache_that_is_none_is_not_used(cache: Path, base: RuleBase, content: str, sealed: bool) -> None:
    cache.write_text((digest(content.encode()) + "\n" if sealed else "") + content)
    assert not used(base)
    assert used(base), "it is made anew"


def test_a_damaged_or_foreign_cache_is_not_used(cache: Path, base: RuleBase) -> None:
    whole = cache.read_bytes()
    for damaged in (whole[:-1], whole[: len(whole) // 2], whole.replace(b"prohibited", b"permitted!", 1), whole + b" "):
        cache.write_bytes(damaged)
        assert not used(base)
    cache.parent.chmod(0o777)
    assert not used(base)
    assert used(base), "it is made private again"
    content = whole.partition(b"\n")[2].replace(base.hash.encode(), b"0" * 64)
    cache.write_bytes(digest(content).encode() + b"\n" + content)
    assert not used(base)


def test_words_that_are_none_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for made in (sentences.__wrapped__, lambda: typeset.words.__wrapped__("fr")):
        right = made()
        (file,) = (tmp_path / "aiact-check").iterdir()
        assert made() == right
        for content in ("null", "[1]", '{"a": 1}' if made is sentences.__wrapped__ else '"a"'):
            file.write_text(f"{digest(content.encode())}\n{content}")
            assert made() == right
        file.unlink()


def test_a_full_disk_leaves_no_part_of_a_cache(cache: Path, monkeypatch: pytest.MonkeyPatch, base: RuleBase) -> None:
    cache.unlink()

    def full(self: Path, content: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert rulebase.load.__wrapped__() is base
    assert not cache.exists()
    assert kept_beside(cache) == {"seen"}


def test_two_runs_share_a_new_cache(cache: Path, base: RuleBase) -> None:
    cache.unlink()
    made = [multiprocessing.Process(target=rulebase.load.__wrapped__) for _ in range(4)]
    for each in made:
        each.start()
    for each in made:
        each.join()
        assert each.exitcode == 0
    assert len(list(cache.parent.iterdir())) == 2
    assert used(base)


@pytest.fixture
def rule_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a rule and a question, whose files are trusted as soon as they are written."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(files, "SETTLED", -3600.0)
    for name in ("rules/art-1/a.yaml", "questionnaires/questions/b.yaml"):
        path = tmp_path / "top" / name
        path.parent.mkdir(parents=True)
        path.write_text("one", "utf-8")
    return tmp_path / "top"


def reads(root: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the files are read to tell their hash, which must be right in any case."""
    read, asked = files.read, []

    def counted(root: Path) -> Iterator[tuple[str, bytes]]:
        asked.append(root)
        return read(root)

    with monkeypatch.context() as patched:
        patched.setattr(files, "read", counted)
        assert files.digest(root) == files.digest_of(dict(read(root)))
    return bool(asked)


def test_rules_are_read_again_only_where_a_file_is_not_as_it_was(
    rule_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = rule_files / "rules" / "art-1" / "a.yaml"
    assert reads(rule_files, monkeypatch)
    assert not reads(rule_files, monkeypatch)
    seen = rule.stat()
    rule.write_text("two", "utf-8")
    os.utime(rule, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert reads(rule_files, monkeypatch), "the same size and time of writing, but another content"
    rule.rename(rule.with_name("c.yaml"))
    assert reads(rule_files, monkeypatch)
    assert not reads(rule_files, monkeypatch)


def test_a_rule_just_written_is_not_trusted_by_its_time(rule_files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SETTLED", 2.0)
    assert reads(rule_files, monkeypatch)
    assert reads(rule_files, monkeypatch)


@pytest.mark.parametrize("content", ["null", "[]", "1", ""])
def test_a_hash_that_is_none_is_not_used(rule_files: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    assert reads(rule_files, monkeypatch)
    (kept,) = (rule_files.parent / "cache").rglob("seen-*")
    kept.write_text(f"{digest(content.encode())}\n{content}", "utf-8")
    assert reads(rule_files, monkeypatch)


def test_the_last_day_of_the_calendar_is_drawn(given: Path, tmp_path: Path) -> None:
    for form in ("html", "ics"):
        result = run("assess", given, "-o", tmp_path / f"x.{form}", "--as-of", "9999-12-31")
        assert result.exit_code == 0, (form, result.exception)


BEGIN = "en\nA\nB\n\n\n"


def test_what_is_typed_in_another_encoding_is_no_failure(given: Path) -> None:
    typed = "<<< $'y\\n1\\n\\x9a\\x8c\\n\\xff\\nq\\n'"
    ran = program("interview", given, shell=typed, PYTHONIOENCODING="utf-8:strict")
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_interview_refuses_what_the_file_would_refuse(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    result = run("interview", file, typed=f"en\n{'n' * (MAX_NAME + 1)}\nA\nB\n{'d' * (MAX_NOTE + 1)}\n\n\n1\nq\n")
    assert plain(result), result.exception
    assert result.output.count("Too long") == 2
    noted = run("interview", file, typed=f"1 # {'y' * (MAX_NOTE + 1)}\nq\n")
    assert plain(noted), noted.exception
    assert "Too long" in noted.output
    assert run("interview", file, "--by", "n" * (MAX_NAME + 1), typed="q\n").exit_code == 2
    assert run("questions", file).exit_code == 0


def test_the_largest_number_named_is_taken(base: RuleBase) -> None:
    fact = next(fact for fact, question in base.questions.items() if question.type == "number")
    for number, right in ((MAX_NUMBER, True), (MAX_NUMBER + 1, False), (10**400, False)):
        try:
            found = answers.understand(skim("x", f"{HEAD}  {fact}: {number}\n".encode()), base, "")
            assert right
            assert found.told[fact].value == number
        except Problems:
            assert not right
        supposed = run("whatif", SPAM, f"{fact}={number}")
        assert ("whole number" in supposed.output) is not right, supposed.output


@pytest.mark.parametrize("what", ["deleted", "folder", "latin-1", "changed", "another interview"])
def test_an_interview_notices_what_became_of_its_file(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x.yaml"
    assert run("interview", file, typed=BEGIN + "q\n").exit_code == 0
    from aiact_check.cli.conversation import Conversation

    taken = Conversation.save

    def meanwhile(self: Conversation) -> None:
        monkeypatch.setattr(Conversation, "save", taken)
        if what == "another interview":
            assert "All answers so far" in run("interview", file, typed="1\n2\nq\n").output
            taken(self)
            return
        file.unlink()
        match what:
            case "folder":
                file.mkdir()
            case "latin-1":
                file.write_bytes(b"name: \xe9")
            case "changed":
                file.write_text("theirs")
        taken(self)

    monkeypatch.setattr(Conversation, "save", meanwhile)
    result = run("interview", file, typed="1\n1\nq\n")
    assert plain(result), result.exception
    assert "changed by another program" in result.output
    assert file.exists() is (what != "deleted")


@pytest.mark.parametrize("where", ["headline", "role", "duty"])
def test_a_saved_assessment_with_names_nobody_knows_is_compared_or_refused(where: str, tmp_path: Path) -> None:
    saved = json.loads(run("assess", SPAM, "-o", "-", "--format", "json").stdout)
    match where:
        case "headline":
            saved["classification"]["headline"] = "purple"
        case "role":
            saved["roles"][0]["role"] = "purple"
        case "duty":
            saved["duties"][0]["role"] = "purple"
    file = tmp_path / "old.json"
    file.write_text(json.dumps(saved))
    result = run("diff", file, SPAM)
    assert plain(result), result.exception
    assert result.exit_code == (1 if where == "headline" else 0)


def test_the_order_of_choices_within_a_list_is_no_part_of_the_answer(base: RuleBase) -> None:
    from aiact_check.assessing import document
    from tests.conftest import TODAY

    fact, question = next(
        item for item in base.questions.items() if item[1].type == "choices" and len(item[1].choices) > 2
    )
    one, two = list(question.choices)[:2]
    made = []
    for chosen in ([one, two, "unknown"], ["unknown", two, one]):
        source = skim("x", f"{HEAD}  {fact}: [{', '.join(chosen)}]\n".encode())
        made.append(document.as_json(document.assess(base, answers.understand(source, base, ""), TODAY)))
    assert made[0] == made[1]


def slow(base: RuleBase) -> dict[str, str]:
    """Files near the size limit, each of them slow in its own way until it was bounded."""
    several, number, day = (
        next(fact for fact, question in base.questions.items() if question.type == kind)
        for kind in ("choices", "number", "date")
    )
    work = "company: { name: A }\nsystem: { name: B }\nanswers: {}\ncompliance:\n"
    duty = next(rule for rule in base.rules.values() if rule.kind in OWED).id
    return {
        "unknown questions": HEAD + "".join(f"  k{each}: true\n" for each in range(10_000)),
        "unknown duties": work + "".join(f"  art-{each}/9: {{ status: done }}\n" for each in range(5_000)),
        "unknown choices": HEAD + f"  {several}: [{', '.join(f'c{each}' for each in range(5_000))}]\n",
        "choices of all sorts": HEAD + f"  {several}: [{', '.join(f'c{each}, {each}' for each in range(5_000))}]\n",
        "tabs": HEAD + "\t" * 400_000 + "x: 1\n",
        "lines with tabs": HEAD + "\tx: 1\n" * 8_000,
        "a long answer": HEAD + f"  {several}: {'a, ' * 300_000}\n",
        "a long number": HEAD + f"  {number}: {'1 ' * 450_000}\n",
        "a long day": HEAD + f"  {day}: {'1/ ' * 300_000}\n",
        "evidence": work + f"  {duty}: {{ status: done, evidence: [{', '.join(['1'] * 8_000)}] }}\n",
        "quotes in one line": work + f"  {duty}: {{ status: done, evidence: [{', '.join(['“a'] * 8_000)}] }}\n",
    }  # fmt: skip


def test_any_file_up_to_the_limit_is_answered_in_seconds(base: RuleBase, tmp_path: Path) -> None:
    """Bounds with room for a slow machine; each of these took minutes, growing with the square of its length."""
    for name, content in slow(base).items():
        file = tmp_path / "slow.yaml"
        file.write_text(content, "utf-8")
        begun = time.process_time()
        result = run("questions", file)
        assert result.exit_code == 1, name
        assert len(result.output.splitlines()) < 400, name
        assert time.process_time() - begun < 10, name


def test_of_many_problems_the_first_hundred_are_listed(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(HEAD + "".join(f"  k{each}: true\n" for each in range(250)))
    said = run("questions", file).output
    assert said.count("unknown question") == 100
    assert f"{file}:4:3:" in said
    assert said.endswith("Only the first 100 are listed.\n250 problems found; nothing was written.\n")

"""What `pip install` gives someone without the checkout: the wheel carries its data and declares what it needs."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "questionnaires" / "examples" / "recrutement-ia-generative.fr.yaml"


def run(*command: str | Path, cwd: Path, **surroundings: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environment |= surroundings
    done = subprocess.run([*map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def built(source: Path, out: Path) -> dict[str, Path]:
    """The wheel and the source distribution of a checkout, by their endings."""
    run(sys.executable, "-m", "build", "--wheel", "--sdist", "--no-isolation", "--outdir", out, cwd=source)
    return {file.suffix: file for file in out.iterdir() if file.suffix in (".whl", ".gz")}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return built(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def wheel(dist: dict[str, Path]) -> Path:
    return dist[".whl"]


def test_built_elsewhere_at_another_time_they_are_the_same_to_the_byte(
    dist: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_out = shutil.ignore_patterns(".git", ".venv", "build", "dist", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, tmp_path / "copy", ignore=left_out, copy_function=shutil.copy)
    monkeypatch.setenv("TZ", "Pacific/Chatham")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    again = built(tmp_path / "copy", tmp_path / "dist")
    assert set(dist) == set(again) == {".whl", ".gz"}
    for ending, file in dist.items():
        assert file.read_bytes() == again[ending].read_bytes(), ending


def test_wheel_carries_rules_questions_templates_and_fonts(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    page = ("questionnaires/page", "*")
    for folder, pattern in (("rules", "*.yaml"), ("questionnaires/questions", "*.yaml"), page, ("reports", "*")):
        files = [path for path in (ROOT / folder).rglob(pattern) if path.is_file() and "__pycache__" not in path.parts]
        missing = {f"aiact_check/data/{path.relative_to(ROOT)}" for path in files} - names
        assert files
        assert not missing
    assert "aiact_check/locale/fr/LC_MESSAGES/aiact-check.mo" in names


def test_an_installed_package_takes_the_law_from_itself_and_from_nowhere_else(wheel: Path, tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache" / "aiact-check"
    zipfile.ZipFile(wheel).extractall(site)
    cache.mkdir(parents=True, mode=0o700)
    built = site / "aiact_check" / "data" / "built"
    for file in built.glob("*.json"):
        content = file.read_bytes().partition(b"\n")[2].replace(b"prohibited", b"permitted!")
        (cache / file.name).write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    planted = {file.name: file.read_bytes() for file in cache.iterdir()}
    assert any(b"permitted!" in content for content in planted.values())
    shutil.rmtree(site / "aiact_check" / "data" / "rules")
    command = (sys.executable, "-m", "aiact_check", "assess", EXAMPLE, "--as-of", "2026-12-02", "-o")
    surroundings = {"XDG_CACHE_HOME": str(cache.parent)}
    run(*command, tmp_path / "installed.json", cwd=tmp_path, PYTHONPATH=str(site), **surroundings)
    assert {file.name: file.read_bytes() for file in cache.iterdir()} == planted
    run(*command, tmp_path / "checkout.json", cwd=tmp_path)
    assert (tmp_path / "installed.json").read_bytes() == (tmp_path / "checkout.json").read_bytes()


@pytest.mark.network
def test_installed_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    # The versions of the lock file, without its hashes: pip asks them of the wheel too, if it sees any.
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    versions = re.findall(r"^[\w.-]+==\S+(?: ; [^\\\n]+)?", lock, re.MULTILINE)
    (tmp_path / "constraints.txt").write_text("\n".join(versions), "utf-8")
    python = home / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--python", python)
    run(*pip, "install", "--no-compile", "--constraint", "constraints.txt", wheel, cwd=tmp_path)

    where = run(python, "-c", "import aiact_check; print(aiact_check.__file__)", cwd=tmp_path)
    assert where.startswith(str(home))
    shutil.copy(EXAMPLE, tmp_path / "answers.yaml")
    run(home / "bin" / "aiact-check", "assess", "answers.yaml", "-o", "report.json", cwd=tmp_path)
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["classification"]["headline"]

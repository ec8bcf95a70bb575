"""Start-up, assessment, PDF and memory, as ratios measured in one run: python benchmarks/bench.py [REPEATS].

A ratio travels between machines, a second does not. All commands take turns, so a busy moment hits all of them;
the median of the turns counts.
"""

import os
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "questionnaires" / "examples" / "recrutement-ia-generative.fr.yaml"
PROGRAM = str(Path(sys.executable).parent / "aiact-check")
# WeasyPrint alone, with the options the report uses: keep in step with aiact_check.reporting.report.
RENDER = """
import sys, weasyprint
html = weasyprint.HTML(string=open(sys.argv[1], encoding="utf-8").read(), base_url=sys.argv[2])
html.write_pdf(sys.argv[3], pdf_variant="pdf/a-3a")
"""


def run(command: list[str]) -> tuple[float, float]:
    """Seconds and peak megabytes of one process. wait4 gives the resource usage of this child only."""
    sys.stdout.flush()
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    child = os.posix_spawnp(command[0], command, surroundings, file_actions=silent)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - begun
    if status:
        sys.exit(f"failed with {os.waitstatus_to_exitcode(status)}: {' '.join(command)}")
    return seconds, usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def in_one_process(repeats: int) -> tuple[float, float]:
    """How many verdicts, and how many documents, of the same answers a second: the best of so many turns."""
    from aiact_check.answering import answers
    from aiact_check.assessing import document
    from aiact_check.assessing.verdict import decide
    from aiact_check.law import rulebase

    base, day = rulebase.load(), date(2026, 11, 23)
    told = answers.load(EXAMPLE, base)
    makers = (lambda: decide(base, told.answers, day), lambda: document.assess(base, told, day))
    rates = []
    for make in makers:
        taken = []
        for _ in range(max(repeats, 2) * 3):
            begun = time.perf_counter()
            make()
            taken.append(time.perf_counter() - begun)
        rates.append(1 / min(taken))
    return rates[0], rates[1]


def main(repeats: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        html, pdf, json, alone = (str(Path(folder) / name) for name in ("x.html", "x.pdf", "x.json", "alone.pdf"))
        assess = [PROGRAM, "assess", str(EXAMPLE), "--force", "-o"]
        run([*assess, html])  # also warms every cache
        commands = {
            "pass": [sys.executable, "-c", "pass"],
            "version": [PROGRAM, "--version"],
            "json": [*assess, json],
            "pdf": [*assess, pdf],
            "weasyprint": [sys.executable, "-c", RENDER, html, f"{ROOT}/reports/", alone],
        }
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        memory: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(repeats):
            for name, command in commands.items():
                took, peak = run(command)
                seconds[name].append(took)
                memory[name].append(peak)
    time_of = {name: statistics.median(values) for name, values in seconds.items()}
    base = time_of["pass"]
    rows = [
        ("aiact-check --version / python -c pass", time_of["version"] / base, 6),
        ("assess to JSON / python -c pass", time_of["json"] / base, 15),
        ("assess to PDF / WeasyPrint alone on the same HTML", time_of["pdf"] / time_of["weasyprint"], 1.08),
        ("peak memory, assess to JSON, MB", max(memory["json"]), 110),
        ("peak memory, assess to PDF, MB", max(memory["pdf"]), 110),
    ]
    print(f"{'':50} measured    aim")
    for label, measured, aim in rows:
        print(f"{label:50} {measured:8.2f} {aim:6}{'' if measured <= aim else '  over'}")
    print(f"python -c pass takes {base * 1000:.1f} ms, the PDF {time_of['pdf'] / base:.0f} times that")
    decided, written = in_one_process(repeats)
    print(f"in one process {decided:.0f} verdicts a second, {written:.0f} documents a second")
    print(f"WeasyPrint alone takes {max(memory['weasyprint']):.0f} MB; medians of {repeats} turns")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)

"""What each part of the report costs, in processor time: python benchmarks/report_parts.py [QUESTIONNAIRE] [REPEATS].

The PDF is made once whole and once without each part; the difference is the part's cost. Shares travel between
machines, seconds do not. Processor time, so that a busy machine does not count.
"""

import re
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "questionnaires" / "examples" / "imagerie-medicale.fr.yaml"
PARTS = {
    "pictures": r"<svg.*?</svg>",
    "links": r"</?a\b[^>]*>",
    "page numbers in links": r' class="(?:to|page)"',
    **{f"part: {name}": rf'<section id="{name}".*?</section>' for name in (
        "reasoning", "duties", "open", "fine", "changes", "awaited", "around", "answers", "method",
    )},
}  # fmt: skip


def took(make: Callable[[], Any], repeats: int) -> tuple[float, Any]:
    """The median processor time of some turns, and what was made."""
    times, made = [], None
    for _ in range(repeats):
        begun = time.process_time()
        made = make()
        times.append(time.process_time() - begun)
    return statistics.median(times), made


def main(example: Path, repeats: int) -> None:
    """Measure and print."""
    import weasyprint

    from aiact_check.answering import answers
    from aiact_check.assessing import document
    from aiact_check.law import rulebase
    from aiact_check.reporting import report
    from aiact_check.wording import printing
    from aiact_check.wording.view import View

    base = rulebase.load()
    seconds, found = took(lambda: document.assess(base, answers.load(example, base), date(2026, 11, 23)), repeats)
    print(f"assess {seconds * 1000:.0f} ms")
    names = report._names(View(found, "fr", whole=False))
    seconds, page = took(lambda: printing.page("report.html.j2", "fr", names), repeats)
    print(f"template {seconds * 1000:.0f} ms, {len(page) // 1000} kB of HTML")

    def pdf(text: str) -> Any:
        made = weasyprint.HTML(string=text, base_url=f"{ROOT}/reports/").render(pdf_variant="pdf/a-3a")
        made.write_pdf(pdf_variant="pdf/a-3a")
        return len(made.pages)

    pdf(page)
    whole, pages = took(lambda: pdf(page), repeats)
    print(f"PDF {whole:.2f} s, {pages} pages, {pages / whole:.1f} pages a second")
    for name, pattern in PARTS.items():
        rest = re.sub(pattern, "", page, flags=re.DOTALL)
        if rest != page:
            without, left = took(lambda rest=rest: pdf(rest), repeats)  # type: ignore[misc]
            print(f"{name:24} {(whole - without) / whole:6.1%} of the time, {pages - left} pages")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLE, int(sys.argv[2]) if len(sys.argv) > 2 else 1)

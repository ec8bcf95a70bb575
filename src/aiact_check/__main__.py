"""`aiact-check`, also as `python -m aiact_check`."""

import gc
import os
import sys

SELDOM = 20_000
"""How many new objects before the garbage collector looks for circles: the law is thousands of objects without one."""


def main() -> None:
    """Run the command line; the version is told without loading it, since that takes most of the time."""
    _streams()
    gc.set_threshold(SELDOM)
    try:
        try:
            _run()
        finally:
            sys.stdout.flush()
            _end_quickly()
    except OSError as error:
        _ended(error)


def _end_quickly() -> None:
    """Let memory go with the process: to look for circles of objects in it first takes a sixth of a run.

    WeasyPrint counts on that look, though: it removes its folder of fonts when it comes to them.
    """
    if "weasyprint" not in sys.modules:
        gc.freeze()


def _run() -> None:
    if sys.argv[1:] == ["--version"]:
        from aiact_check import __version__

        print(f"aiact-check {__version__}")  # noqa: T201
        return
    from aiact_check.cli import main as command_line

    command_line(prog_name="aiact-check")


def _streams() -> None:
    """Give the program the three streams it counts on: none is missing, and none refuses a letter."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def _ended(error: OSError) -> None:
    """Say in one line what the system refused, such as a full disk; a reader who closed the pipe is told nothing."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())  # what is left in the buffer is written there when Python ends
    if not isinstance(error, BrokenPipeError):
        place = f"{error.filename}: " if error.filename else ""
        try:
            print(f"aiact-check: {place}{error.strerror}", file=sys.stderr)  # noqa: T201
        except OSError:
            os.dup2(nowhere, sys.stderr.fileno())
    sys.exit(1)


if __name__ == "__main__":
    main()

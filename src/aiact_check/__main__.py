"""`aiact-check`, also as `python -m aiact_check`."""

import sys


def main() -> None:
    """Run the command line; the version is told without loading it, since that takes most of the time."""
    if sys.argv[1:] == ["--version"]:
        from aiact_check import __version__

        print(f"aiact-check {__version__}")  # noqa: T201
        return
    from aiact_check.cli import main as command_line

    command_line(prog_name="aiact-check")


if __name__ == "__main__":
    main()

"""Writing a file whole: what it replaces keeps its nature, and what is no plain file is left alone."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import click

from aiact_check.cli.common import stop
from aiact_check.cli.spoken import say

ANY_WRITES = 0o222


def beside(file: Path, ending: str) -> Path:
    """The file of the same name with another ending, in the same folder."""
    return file.parent / f"{file.stem}.{ending}"


def there(path: Path) -> bool:
    """Whether a path is taken, be it by a link that leads nowhere; one that cannot be looked up ends the program."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        stop(say("cli.says.unwritable", file=path, why=error.strerror))
    return True


def refuse_existing(targets: Iterable[Path], force: bool) -> None:
    """Overwriting a file unasked is wrong usage; overwriting what cannot be replaced is refused before any work."""
    for target in targets:
        if there(target) and not force:
            raise click.UsageError(say("cli.says.exists", file=target))
        _replaced(target, target)


def write(target: Path, content: bytes) -> None:
    """Write all of it or nothing: to a file beside, then renamed. Through a link, to the file it leads to.

    The file keeps its mode and, where the system allows it, its owner.
    """
    write_by(target, lambda partial: partial.write_bytes(content))


def write_by(target: Path, fill: Callable[[Path], object]) -> None:
    """Write all of it or nothing, as `write` does, what is too large to hold: `fill` writes it."""
    real = Path(os.path.realpath(target))
    before = _replaced(target, real)
    try:
        handle, partial = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name[:40]}.")
    except OSError as error:
        stop(say("cli.says.unwritable", file=target, why=error.strerror))
    os.close(handle)
    try:
        fill(Path(partial))
        _keep(Path(partial), before)
        Path(partial).replace(real)
    except BaseException as error:
        Path(partial).unlink(missing_ok=True)
        if isinstance(error, OSError):
            stop(say("cli.says.unwritable", file=target, why=error.strerror))
        raise


def _replaced(target: Path, real: Path) -> os.stat_result | None:
    """What is known of the file to be replaced; None where there is none."""
    try:
        before = real.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        stop(say("cli.says.unwritable", file=target, why=error.strerror))
    if not stat.S_ISREG(before.st_mode):
        stop(say("cli.says.no_plain_file", file=target))
    if not before.st_mode & ANY_WRITES or not os.access(real, os.W_OK):
        stop(say("cli.says.read_only", file=target))
    return before


def _keep(partial: Path, before: os.stat_result | None) -> None:
    """Give a new file the owner and mode of the one it replaces, or the mode of any new file."""
    if before is None:
        partial.chmod(0o666 & ~_umask())
        return
    made = partial.stat()
    if (made.st_uid, made.st_gid) != (before.st_uid, before.st_gid):
        with suppress(PermissionError):
            os.chown(partial, before.st_uid, before.st_gid)
    partial.chmod(stat.S_IMODE(before.st_mode))


def as_any_new_folder(folder: Path) -> None:
    """Give a temporary folder the mode of any new one."""
    folder.chmod(0o777 & ~_umask())


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask

"""The questionnaire's page in Firefox, as Debian has it: driven through its own remote control, without a driver."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from aiact_check.answering import answers
from aiact_check.cli import main
from aiact_check.law.lawbook import RuleBase
from tests.test_form_page import EXAMPLE

FIREFOX = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
PATIENCE = 60
PREFERENCES = {
    "browser.download.folderList": 2,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "marionette.port": 0,
}
"""Port 0: Firefox takes a free one and writes it into its profile."""

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not FIREFOX, reason="no Firefox; on Debian: firefox-esr")]


class Firefox:
    """Firefox under Marionette: messages of `length:JSON` over a socket."""

    def __init__(self, profile: Path, downloads: Path) -> None:
        profile.mkdir()
        self.downloads = downloads
        told = {**PREFERENCES, "browser.download.dir": str(downloads)}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in told.items()]
        (profile / "user.js").write_text("\n".join(lines), "utf-8")
        self.process = subprocess.Popen(
            [str(FIREFOX), "--marionette", "--headless", "--no-remote", "--profile", str(profile)],
            env={**os.environ, "HOME": str(profile)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.socket = socket.create_connection(("127.0.0.1", self._port(profile / "MarionetteActivePort")), PATIENCE)
        self.said = b""
        self.told = 0
        self._heard()
        self.ask("WebDriver:NewSession", {})

    def _port(self, file: Path) -> int:
        return int(until(lambda: file.exists() and file.read_text("utf-8")))

    def _heard(self) -> Any:
        while b":" not in self.said:
            self.said += self.socket.recv(65536)
        length, self.said = self.said.split(b":", 1)
        while len(self.said) < int(length):
            self.said += self.socket.recv(65536)
        message, self.said = self.said[: int(length)], self.said[int(length) :]
        return json.loads(message)

    def ask(self, command: str, given: dict[str, Any]) -> Any:
        self.told += 1
        message = json.dumps([0, self.told, command, given]).encode()
        self.socket.sendall(b"%d:%s" % (len(message), message))
        _, _, wrong, found = self._heard()
        assert wrong is None, wrong
        return found.get("value") if isinstance(found, dict) else found

    def run(self, script: str) -> Any:
        """What a script in the page returns."""
        return self.ask("WebDriver:ExecuteScript", {"script": script, "args": []})

    def close(self) -> None:
        self.socket.close()
        self.process.terminate()
        self.process.wait(PATIENCE)


def until(found: Any) -> Any:
    """What something gives as soon as it gives anything."""
    end = time.monotonic() + PATIENCE
    while not (value := found()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return value


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    folder = tmp_path_factory.mktemp("firefox")
    started = Firefox(folder / "profile", folder)
    yield started
    started.close()


def test_the_page_asks_shows_the_result_keeps_and_saves_in_firefox_too(
    firefox: Firefox, base: RuleBase, tmp_path: Path
) -> None:
    page = tmp_path / "questionnaire.html"
    assert CliRunner().invoke(main, ["form", str(EXAMPLE), "-o", str(page)]).exit_code == 0
    firefox.ask("WebDriver:Navigate", {"url": f"{page.as_uri()}#/q/headcount"})
    firefox.run("""document.querySelector('#value').value = '86';
        document.querySelector('form.question button[type=submit]').click()""")
    until(lambda: firefox.run("return document.querySelector('form.question')?.dataset.fact") != "headcount")
    assert firefox.run("return document.activeElement.tagName") == "H1"
    assert firefox.run("return [...document.fonts].some((font) => font.status === 'loaded')")
    firefox.ask("WebDriver:Navigate", {"url": f"{page.as_uri()}#/result"})
    firefox.ask("WebDriver:Refresh", {})
    assert "haut risque" in firefox.run("return document.querySelector('h1').textContent")
    firefox.run("document.querySelector('.saving button').click()")
    file = until(lambda: next(firefox.downloads.glob("questionnaire*.yaml"), None))
    until(lambda: file.stat().st_size)
    ours, theirs = answers.load(EXAMPLE, base), answers.load(file, base)
    assert {fact for fact in ours.told if ours.told[fact] != theirs.told[fact]} == {"headcount"}
    assert theirs.told["headcount"].value == 86

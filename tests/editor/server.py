"""Talks to the YAML language server as an editor does: JSON-RPC over its standard input and output."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

SETTINGS: Mapping[str, Any] = {
    "yaml": {"hover": True, "completion": True, "validate": True, "schemaStore": {"enable": False}},
}


class Server:
    """A running language server, with the documents opened in it."""

    def __init__(self, program: Path) -> None:
        command = ["node", str(program), "--stdio"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._count = 0
        self._found: dict[str, list[dict[str, Any]]] = {}
        markdown = {"contentFormat": ["markdown"]}
        item = {"documentationFormat": ["markdown"], "snippetSupport": True}
        text = {"hover": markdown, "completion": {"completionItem": item}, "publishDiagnostics": {}}
        able = {"textDocument": text, "workspace": {"configuration": True, "didChangeConfiguration": {}}}
        self._ask("initialize", {"processId": None, "rootUri": None, "capabilities": able})
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": SETTINGS})

    def close(self) -> None:
        self._ask("shutdown", None)
        self._tell("exit", None)
        self._process.communicate(timeout=20)

    def open(self, file: Path, text: str) -> None:
        """Open a document that need not be on disk."""
        uri = file.as_uri()
        self._found.pop(uri, None)
        self._count += 1  # the server takes a version it has seen for the text it has seen
        document = {"uri": uri, "languageId": "yaml", "version": self._count, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})

    def shut(self, file: Path) -> None:
        """Close a document."""
        self._tell("textDocument/didClose", {"textDocument": {"uri": file.as_uri()}})

    def diagnostics(self, file: Path) -> list[dict[str, Any]]:
        """What is wrong with a document, once the server has looked at it."""
        messages = self._messages()
        while file.as_uri() not in self._found:
            next(messages)
        return self._found[file.as_uri()]

    def completions(self, file: Path, line: int, character: int) -> dict[str, dict[str, Any]]:
        """By label, what may be written at a place."""
        answer = self._ask("textDocument/completion", _place(file, line, character))
        return {item["label"]: item for item in answer["items"]}

    def hover(self, file: Path, line: int, character: int) -> str:
        """What is shown at a place."""
        answer = self._ask("textDocument/hover", _place(file, line, character))
        return str(answer["contents"]["value"]) if answer else ""

    def _ask(self, method: str, params: Any) -> Any:
        self._count += 1
        self._send({"id": self._count, "method": method, "params": params})
        number = self._count
        for message in self._messages():
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]
        raise AssertionError("the language server has ended")

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _messages(self) -> Iterator[dict[str, Any]]:
        """What the server says; its own questions are answered, its diagnostics kept."""
        stream = self._process.stdout
        assert stream
        while header := stream.readline():
            length = 0
            while header.strip():
                name, _, value = header.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
                header = stream.readline()
            message: dict[str, Any] = json.loads(stream.read(length))
            if message.get("method") == "textDocument/publishDiagnostics":
                self._found[message["params"]["uri"]] = message["params"]["diagnostics"]
            elif "method" in message and "id" in message:
                wanted = message["params"].get("items", []) if message["method"] == "workspace/configuration" else None
                result = None if wanted is None else [SETTINGS.get(item["section"], {}) for item in wanted]
                self._send({"id": message["id"], "result": result})
            yield message


def _place(file: Path, line: int, character: int) -> dict[str, Any]:
    return {"textDocument": {"uri": file.as_uri()}, "position": {"line": line, "character": character}}

"""Answers about worlds, each computed once, also over restarts: a file with a line for each."""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sim.parameters import BadInput, Scenario

KEPT_ANSWERS = "answers.jsonl"


class Answers:
    """What was asked about worlds, by question and world.

    Args:
        path: File to which answers are added and from which they are read; None keeps them in memory.

    Raises:
        BadInput: A line of the file is no answer.
    """

    def __init__(self, path: Path | None) -> None:
        self.path, self.computed = path, 0
        self.known: dict[str, Any] = {}
        if path is not None and path.is_file():
            self._read(path)

    def __call__(self, question: str, world: Scenario, compute: Callable[[], Any]) -> Any:
        """The answer, computed if it is not known. compute: gives it as JSON can hold it"""
        key = hashlib.sha256(f"{question}|{world.sha256}".encode()).hexdigest()
        if key not in self.known:
            self.known[key] = json.loads(json.dumps(compute()))
            self.computed += 1
            self._append(key)
        return self.known[key]

    def _append(self, key: str) -> None:
        if self.path is None:
            return
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "answer": self.known[key]}) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def _read(self, path: Path) -> None:
        """Read what was answered before; a last line that was cut off is taken away."""
        text = path.read_text(encoding="utf-8")
        whole = text[: text.rfind("\n") + 1]
        if whole != text:
            path.write_text(whole, encoding="utf-8")
        for number, line in enumerate(whole.splitlines(), start=1):
            try:
                row = json.loads(line)
                self.known[row["key"]] = row["answer"]
            except (ValueError, KeyError, TypeError) as trouble:
                raise BadInput(f"{path}:{number}: this line is no answer ({trouble}); take it away") from trouble

"""Answers about worlds, each computed once, also over restarts: a file with a line for each."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sim.files.kept_lines import add_lines, lines_of
from sim.parameters import Scenario

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
        for row in lines_of(path, ("key", "answer"), "answer") if path is not None else ():
            self.known[row["key"]] = row["answer"]

    def __call__(self, question: str, world: Scenario, compute: Callable[[], Any]) -> Any:
        """The answer, computed if it is not known. compute: gives it as JSON can hold it"""
        key = hashlib.sha256(f"{question}|{world.sha256}".encode()).hexdigest()
        if key not in self.known:
            self.known[key] = json.loads(json.dumps(compute()))
            self.computed += 1
            if self.path is not None:
                add_lines(self.path, [{"key": key, "answer": self.known[key]}])
        return self.known[key]

"""What leaves a room as a file: a replay in one page that needs no server, and the decisions for a spreadsheet."""

import base64
import csv
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

from sim.web.game_desk import GameDesk
from sim.web.languages import STATIC, words_of
from sim.web.pair_state import SIDES
from sim.web.room import Room
from sim.web.workshop import Workshop

ENTRY = "replay.js"
AREAS = ("compare", "measures", "phone", "replay", "settings", "shell", "workshop")
IMPORT = re.compile(r"""(\bfrom\s+|\bimport\s+)["']\./([\w-]+\.js)["']""")
OWN_STYLE = "main { padding: 1rem } .worlds .panel { height: 22rem }"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")  # with which a spreadsheet takes a cell for a formula
DECISION_HEADS = ("episode", "round", "team", "department", "decision", "value", "why")
SCORE_HEADS = ("episode", "round", "team", "profit", "customer_equity", "customers_kept")


def decisions_of(game: Workshop | None) -> list[list[Any]]:
    """All decisions that count, a row each, in the order of `DECISION_HEADS`; buys stand among them.

    Args:
        game: The game; none has no rows.
    """
    rows: list[list[Any]] = []
    for entry in _closes(game.entries if game else []):
        for team, departments in entry["choices"].items():
            for department, choice in departments.items():
                place = [entry["episode"], entry["round"], team, department]
                why = choice.get("why", "")
                rows += [[*place, name, value, why] for name, value in choice.get("decisions", {}).items()]
                rows += [[*place, f"buy {buy['buy']}", buy.get("about", buy.get("people", "")), why]
                         for buy in choice.get("buys", [])]  # fmt: skip
    return rows


def _closes(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The closes that were not played again."""
    kept: list[dict[str, Any]] = []
    for entry in entries:
        kept = [old for old in kept if old["episode"] != entry["episode"] or old["round"] < entry["round"]]
        kept += [entry] if entry["do"] == "close" else []
    return kept


def decisions_csv(game: Workshop | None) -> str:
    """The decisions for a spreadsheet; a text that begins like a formula gets an apostrophe in front.

    Args:
        game: The game.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(DECISION_HEADS)
    writer.writerows([plain_cell(cell) for cell in row] for row in decisions_of(game))
    return text.getvalue()


def plain_cell(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula.

    Args:
        cell: Number or text.

    >>> plain_cell("=1+1"), plain_cell(-1.5), plain_cell("plain")
    ("'=1+1", -1.5, 'plain')
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell


def replay_page(desk: GameDesk, facts: dict[str, Any], language: str, charts: Path) -> str:
    """The replay of a room, one page with everything in it.

    Args:
        desk: The room with its game.
        facts: Model and measures.
        language: Language of the page.
        charts: Folder of uPlot's files.
    """
    words = {area: tree for area, tree in words_of(language).items() if area in AREAS}
    kept = {"words": words, "language": language, "code": desk.room.code, "model": facts["model"],
            "measures": facts["measures"], **_worlds(desk.room), **_workshop(desk)}  # fmt: skip
    modules = _modules()
    scripts = [
        ("", (charts / "uPlot.iife.js").read_text(encoding="utf-8")),
        ("importmap", json.dumps({"imports": {name: _address(text) for name, text in modules.items()}})),
        ("module", f'import "{ENTRY}";'),
    ]
    sheets = [STATIC / "css" / "studio.css", STATIC / "css" / "compare.css", charts / "uPlot.min.css"]
    style = "\n".join([*(path.read_text(encoding="utf-8") for path in sheets), OWN_STYLE])
    return _page(language, scripts, style, json.dumps(kept, ensure_ascii=False).replace("<", "\\u003c"))


def _page(language: str, scripts: list[tuple[str, str]], style: str, kept: str) -> str:
    hashes = " ".join(_hash(text) for _, text in scripts)
    policy = f"default-src 'none'; script-src {hashes} data:; style-src {_hash(style)}; img-src data:"
    tags = "".join(f"<script{f' type={kind!r}' if kind else ''}>{text}</script>\n" for kind, text in scripts)
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>Replay</title>\n'
        f'<style>{style}</style></head>\n<body><script type="application/json" id="kept">{kept}</script>\n{tags}'
        "</body></html>\n"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _address(module: str) -> str:
    return "data:text/javascript;base64," + base64.b64encode(module.encode()).decode()


def _modules() -> dict[str, str]:
    """The modules that the replay needs, which import each other by bare names."""
    wanted, modules = [ENTRY], {}
    while wanted:
        name = wanted.pop()
        text = (STATIC / "js" / name).read_text(encoding="utf-8")
        wanted += [other for _, other in IMPORT.findall(text) if other not in modules]
        modules[name] = IMPORT.sub(r'\1"\2"', text)
    return modules


def _worlds(room: Room) -> dict[str, Any]:
    """The pair and all its frames that are computed, marked for their sides."""
    if not room.pair.sides:
        return {"pair": None, "frames": []}
    frames = [base64.b64encode(frame).decode() for side in SIDES for frame in room.shown_frames(side)]
    return {"pair": room.pair.as_message(room.ready()), "frames": frames}


def _workshop(desk: GameDesk) -> dict[str, Any]:
    scores = [
        [line["episode"], line["round"], team, *(score.get(name) for name in SCORE_HEADS[3:])]
        for line in desk.history
        for team, score in line["scores"].items()
    ]
    return {"scores": scores, "scores_heads": SCORE_HEADS, "decisions": decisions_of(desk.room.workshop),
            "decisions_heads": DECISION_HEADS}  # fmt: skip

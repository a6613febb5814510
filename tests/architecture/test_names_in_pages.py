"""Pages name only what exists: files, links, modules, functions, classes and their members."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from sim.parameters import FIRM, MARKET, MECHANISMS
from sim.parameters.network_ties import SETTINGS

ROOT = Path(__file__).parents[2]
SIM = ROOT / "sim"
PAGES = sorted(
    [
        *(ROOT / name for name in ("README.md", "CHANGELOG.md")),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "results").rglob("*.md"),
    ]
)
CODE = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"[\w./-]*\w\.(?:py|md|yaml|json)\b|\b(?:sim|tests|docs)/[\w/-]+(?![\w*./-])")
DOTTED = re.compile(r"(?<![\w./-])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?![\w/-])")
NAME = re.compile(r"(?<![\w.])(?:[A-Za-z]\w*_\w+|[A-Z][a-z]+[A-Z]\w*)")
LINK = re.compile(r"\]\(([^)\s#]*)(?:#([^)\s]*))?\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
PARAMETERS = {parameter.name for parameter in (*MARKET, *FIRM)} | set(SETTINGS)
SECTIONS = {name.partition(".")[0] for name in PARAMETERS}
ENDINGS = {"py", "md", "yaml", "json", "csv", "parquet", "npz", "html", "toml", "png", "svg", "pdf"}
# objects that are called like a module
INSTANCES = {"agents", "market", "model", "people", "plan", "policy", "row", "scenario", "view"}
EXAMPLES = {"mine.py", "app.py", "seen.yaml", "client.yaml"}  # files of the reader's own
OF_OTHERS = {"open_dataset", "meet_market"}  # names of other packages, and names that the changelog says are gone


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def text_of(page):
    """What a page says of the present code: the newest entry of the changelog, all of any other page."""
    text = page.read_text(encoding="utf-8")
    return text.partition("\n## 0.1.0")[0] if page.name == "CHANGELOG.md" else text


def code_of(page):
    """What a page sets in code type within its sentences; blocks are examples."""
    return CODE.findall(FENCE.sub("", text_of(page)))


@cache
def members():
    """Names that stand in a module or class, by the name of the module or class."""
    found = {}
    for path in SIM.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found.setdefault(path.stem, set()).update(names_in(tree.body))
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, set()).update(names_in(node.body))
                found[node.name].update(one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute))
    return found


def names_in(body):
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (one.asname or one.name for one in node.names)


@cache
def written():
    """What code, tests, scenarios and experiments say."""
    files = [path for room in ("sim", "tests", "scenarios", "experiments") for path in (ROOT / room).rglob("*.*")]
    texts = [path.read_text(encoding="utf-8") for path in files if path.suffix in {".py", ".yaml", ".html"}]
    return "\n".join([*texts, (ROOT / "pyproject.toml").read_text(encoding="utf-8")])


@cache
def words():
    return set(re.findall(r"\w+", written()))


def is_module_path(dotted):
    """Whether ``sim.room.module.name`` leads somewhere."""
    place, parts = SIM, dotted.split(".")[1:]
    while parts and (place / parts[0]).is_dir():
        place = place / parts.pop(0)
    if not parts:
        return True
    if (place / f"{parts[0]}.py").exists():
        return len(parts) == 1 or parts[1] in members()[parts[0]]
    return re.search(rf"\b{parts[0]}\b", (place / "__init__.py").read_text(encoding="utf-8")) is not None


def is_known(dotted):
    first, second, *rest = dotted.split(".")
    if first == "sim":
        return is_module_path(dotted)
    if first == "market" and second in SECTIONS and rest:
        return f"{second}.{rest[0]}" in PARAMETERS
    if first == "mechanisms":
        return second in MECHANISMS
    if any(f"{name}.".startswith(f"{dotted}.") for name in PARAMETERS) or first not in members():
        return True
    return second in members()[first] or (first in INSTANCES and (second in words() or second.isupper()))


def file_exists(named, page):
    """Whether a file of the project, of a run or of the page's own examples has this name."""
    if f"`{named}`, a new file" in text_of(page):
        return True
    if "/" in named:
        return any((place / named).exists() for place in (ROOT, page.parent))
    if named.endswith(".json"):
        return named in written()
    rooms = ("sim", "tests", "docs", "scenarios", "experiments")
    return any(True for room in rooms for _ in (ROOT / room).rglob(named))


def anchors(page):
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_files_that_a_page_names_exist(page):
    named = {name for code in code_of(page) for name in FILE.findall(code)}
    assert sorted(name for name in named - EXAMPLES if not file_exists(name, page)) == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_of_a_page_lead_somewhere(page):
    targets = [
        (page.parent / path if path else page, anchor)
        for path, anchor in LINK.findall(FENCE.sub("", text_of(page)))  # blocks are examples
        if ":" not in path
    ]
    assert [path.name for path, _ in targets if not path.exists()] == []
    assert [anchor for path, anchor in targets if anchor and anchor not in anchors(path)] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_modules_functions_and_members_that_a_page_names_exist(page):
    dotted = {name for code in code_of(page) for name in DOTTED.findall(code)}
    assert sorted(name for name in dotted if name.rsplit(".")[-1] not in ENDINGS and not is_known(name)) == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_names_in_code_type_are_words_of_the_code(page):
    named = {name for code in code_of(page) for name in NAME.findall(FILE.sub("", code))}
    shown = set(re.findall(r"\w+", "".join(FENCE.findall(text_of(page)))))
    assert sorted(named - words() - shown - OF_OTHERS) == []


def test_a_name_that_is_nowhere_is_seen():
    assert not is_known("month.no_such_step")
    assert not is_known("sim.model.nowhere.nothing")
    assert not file_exists("sim/model/nowhere.py", ROOT / "README.md")

"""Processor time of every test, children included: ``python -m pytest -p tests.support.processor_time …``.

Wall time of a busy machine says little, and setting up a fixture counts for the test that asks for it first.
"""

import resource
import time
from collections import Counter

import pytest

SHOWN = 40
spent = Counter()


def processor_time():
    """Of this process and of its children that have ended. [s]"""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    """Time one test with its fixtures; the reports carry it from workers to the one who tells."""
    before = processor_time()
    try:
        return (yield)
    finally:
        spent[item.nodeid] += processor_time() - before
        if hasattr(item.config, "workeroutput"):
            item.config.workeroutput["processor_time"] = dict(spent)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Add what a worker of xdist has measured."""
    spent.update(getattr(node, "workeroutput", {}).get("processor_time", {}))


def pytest_terminal_summary(terminalreporter):
    """List the files and the tests that cost most."""
    files, functions = Counter(), Counter()
    for test, seconds in spent.items():
        files[test.partition("::")[0]] += seconds
        functions[test.partition("[")[0]] += seconds
    terminalreporter.section(f"processor time: {spent.total():.0f} s in {len(spent)} tests")
    for costs in (files, functions):
        for name, seconds in costs.most_common(SHOWN):
            terminalreporter.write_line(f"{seconds:8.1f} s  {name}")

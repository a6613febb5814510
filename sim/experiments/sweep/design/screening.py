"""Every parameter of some sections at once, each varied around its value in the base scenario: for screenings."""

from collections.abc import Iterator

from sim.experiments.sweep.design.factors import Factor
from sim.experiments.sweep.design.strict_section import StrictSection
from sim.parameters import MARKET, Parameter, Scenario
from sim.parameters.checking import nearest

EVERY = "every"
_KEYS = (EVERY, "except", "within")


def read_every(form: StrictSection, base: Scenario) -> list[Factor]:
    """A factor for each parameter of the market in the sections named; complaints stay in the form.

    Numbers that are 0 in the base scenario are left out, for around nothing there is nothing to vary.
    """
    form.only(_KEYS)
    sections = [str(parameter) for parameter in form.items(EVERY)]
    left_out = [str(parameter) for parameter in form.items("except")] if "except" in form.contents else []
    share = form.amount("within", 1e-6, 1.0)
    for key, names in ((EVERY, sections), ("except", left_out)):
        _refuse_unknown(form, key, names)
    parameters = [
        parameter
        for parameter in MARKET
        if _is_named(parameter.name, sections) and not _is_named(parameter.name, left_out)
    ]
    return list(_around(parameters, base, share))


def _is_named(name: str, names: list[str]) -> bool:
    """Whether a parameter, or its section, is among some names.

    >>> _is_named("needs.spread", ["needs"]), _is_named("needs.spread", ["needs.drift"])
    (True, False)
    """
    return name in names or name.partition(".")[0] in names


def _refuse_unknown(form: StrictSection, key: str, names: list[str]) -> None:
    allowed_names = {name for parameter in MARKET for name in (parameter.name, parameter.name.partition(".")[0])}
    for name in names:
        if name not in allowed_names:
            form.complain(key, f"has {name!r}, which is no parameter or section.{nearest(name, allowed_names)}")


def _around(parameters: list[Parameter], base: Scenario, share: float) -> Iterator[Factor]:
    settings = base.market
    for parameter in parameters:
        value = settings.get(parameter.name)
        if not value:
            continue
        reach = abs(value) * share
        low, high = max(parameter.low, value - reach), min(parameter.high, value + reach)
        whole = parameter.unit == "count"
        if whole:
            low, high = max(parameter.low, min(round(low), value - 1)), min(parameter.high, max(round(high), value + 1))
        if low < high:
            kind = "whole" if whole else "uniform"
            yield Factor(parameter.name.replace(".", "_"), (), (f"market.{parameter.name}",), low, high, kind, low)

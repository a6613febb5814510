"""What charts read of a sweep: its runs and what was declared, with words for factors, levels and outcomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from sim.charts.names import NONE, Names, inside, names_of
from sim.charts.numbers import PEOPLE_SCALE, PERCENT, UNSCALED, Scale, money
from sim.charts.words import period
from sim.experiments.sweep.result import Sweep
from sim.experiments.sweep.store.declaration import declaration
from sim.experiments.sweep.views import SweepViews
from sim.model.measures import BY_NAME
from sim.model.measures.measure import AMOUNT, COUNT, Measure
from sim.statistics.declaration import Contrast, Declared

PRESENT_VALUE = "present_value"


class OutcomeWords(NamedTuple):
    """How an outcome reads.

    Args:
        noun: Its name inside a sentence.
        when: Its months, as ``10-year run`` or ``months 61–120``.
        display: ``money``, ``share``, ``people`` or ``index``.
        unit: What stands after the scaled unit.
        direction: What is better for the firm.
    """

    noun: str
    when: str
    display: str
    unit: str
    direction: str

    @property
    def opening(self) -> str:
        """Its months at the beginning of a sentence."""
        return f"In the {self.when}" if self.when.endswith("run") else f"In {self.when}"

    @property
    def label(self) -> str:
        """Its name as a head."""
        return self.noun[:1].upper() + self.noun[1:]

    def scale(self, values: Any, currency: str) -> Scale:
        """From the table's unit to the reader's."""
        if self.display == "money":
            return money(values, currency)
        return {"share": PERCENT, "people": PEOPLE_SCALE}.get(self.display, UNSCALED._replace(gap_unit=self.unit))


@dataclass(frozen=True)
class SweepTables(SweepViews):
    """A sweep as charts read it.

    Args:
        runs: One row a run: key, point, replicate, status, factors, outcomes.
        monthly: One row a run, month and firm.
        declared: Factors, outcomes and contrasts.
        units: Unit by column.
        about: Scenario, seed, replications, months, currency, ``labels``, ``paths`` of factors, ``base`` values of
            factors in the scenario, and ``outcomes``: measure, aggregation, first and last by name.
    """

    runs: pd.DataFrame
    monthly: pd.DataFrame
    declared: Declared
    units: dict[str, str]
    about: Mapping[str, Any]

    @property
    def names(self) -> Names:
        """Words for factors, policies and worlds."""
        return names_of(self.about)

    @property
    def currency(self) -> str:
        """The money, as the reader labels it."""
        return self.names.currency(str(self.about.get("currency", "EUR")))

    def outcome(self, name: str) -> OutcomeWords:
        """Words for an outcome, or for a monthly measure."""
        record = self.about.get("outcomes", NONE).get(name, {"measure": name, "aggregation": ""})
        measure, months = BY_NAME[record["measure"]], int(self.about["months"])
        given = self.about.get("labels", NONE).get(name)
        first, last = int(record.get("first") or 1), int(record.get("last") or months)
        when = f"{period(months)} run" if (first, last) == (1, months) else f"months {first}–{last}"
        noun = inside(given) if given else measure.in_sentence
        if record["aggregation"] == PRESENT_VALUE and not given:
            noun = "net present value" if record["measure"] == "profit" else f"present value of {noun}"
        return OutcomeWords(noun, when, measure.display, _unit(measure, record["aggregation"]), measure.direction)

    def level(self, factor: str, level: Any) -> str:
        """A level of a factor in words: a policy or world by its name, a number with its factor."""
        if isinstance(level, str):
            return self.names.of(level)
        return (
            f"{self.names.of(factor)} {level:g}" if not isinstance(level, bool) else f"{self.names.of(factor)}: {level}"
        )

    def sides(self, contrast: Contrast) -> tuple[str, str]:
        """Both levels of a contrast as they stand in a sentence."""
        ours, other = (self.level(contrast.factor, level) for level in (contrast.one, contrast.other))
        return self.names.inside(ours), self.names.inside(other)

    def title_of(self, contrast: Contrast) -> str:
        """A contrast in words, for a row."""
        ours, other = self.sides(contrast)
        at = ", ".join(self.level(name, level) for name, level in contrast.where.items())
        return f"{ours[:1].upper()}{ours[1:]} against {other}" + (f", {at}" if at else "")


def _unit(measure: Measure, aggregation: str) -> str:
    """What stands after the scaled unit: sums have no time in it, what happens in a month is of a month."""
    if measure.display == "index":
        return "" if measure.unit == "1" else measure.unit
    if measure.of:
        return measure.axis
    return "a month" if measure.kind in (COUNT, AMOUNT) and aggregation not in (PRESENT_VALUE, "sum") else ""


def sweep_tables(folder: Path, labels: Mapping[str, str]) -> SweepTables:
    """The tables of a sweep folder.

    Raises:
        BadInput: This is no sweep folder, or it does not say what was declared.
    """
    sweep = Sweep.load(folder)
    return SweepTables(sweep.runs, sweep.monthly, sweep.declared, sweep.units, _about(sweep, labels))


def _about(sweep: Sweep, labels: Mapping[str, str]) -> dict[str, Any]:
    record, factors = sweep.about, declaration(sweep.folder)["factors"]
    scenario = next(iter(record["scenarios"].values()))
    paths = {name: entry["sets"][0] for name, entry in factors.items() if len(entry["sets"]) == 1}
    outcomes = {entry["name"]: entry for entry in record["identity"]["outcomes"]}
    return {
        "scenario": record["identity"]["name"], "sha256": record["identity"]["code"], "seed": record["seed"],
        "replications": int(sweep.runs["replicate"].nunique()), "months": int(scenario["months"]),
        "currency": scenario.get("currency", "EUR"), "labels": labels, "paths": paths, "outcomes": outcomes,
        "base": {name: value for name, path in paths.items() if (value := _value_at(scenario, path)) is not None},
    }  # fmt: skip


def _value_at(scenario: Any, path: str) -> float | None:
    """The number at a key path of a scenario; None if there is none."""
    value = scenario
    for part in path.split("."):
        value = (
            value[int(part)]
            if isinstance(value, list) and part.isdigit()
            else value.get(part)
            if isinstance(value, dict)
            else None
        )
        if value is None:
            return None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

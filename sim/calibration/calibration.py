"""Calibration: one file of one kind, read and fitted, and the scenario that follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sim.calibration.kinds.registry import kind_named
from sim.calibration.model_fit import FittedNumber, Kind, ModelFit
from sim.calibration.reading.table_reading import TableReading, read_table
from sim.parameters import MARKET, BadInput, Scenario, scenario_names
from sim.parameters.checking import flatten, nest
from sim.parameters.shipped import shipped_folder
from sim.parameters.yaml_reader import read_yaml

CONTRACT_ONLY = "mechanisms.invoices"  # needs one supplier at a time


@dataclass(frozen=True)
class FileCalibration:
    """What one file says.

    Args:
        kind: Kind of the data.
        reading: The file as it was read.
        fits: Models fitted to it.
        known: What they took as known from a scenario.
    """

    kind: Kind
    reading: TableReading
    fits: tuple[ModelFit, ...]
    known: tuple[float, ...] = ()

    @property
    def settings(self) -> dict[str, float]:
        """Numbers by key path of a scenario: those of models that fit, within what the model allows."""
        return {number.key: number.interval.value for number in self._written()}

    @property
    def sources(self) -> dict[str, str]:
        """For each of them: file, date of the file, rows, model, interval."""
        return {
            number.key: f"{fit.status}: {self._about(fit)}, {number.meaning}; 95 % interval "
            f"{number.interval.low:.4g} to {number.interval.high:.4g}"
            for fit in self.fits
            for number in fit.written
            if number.key in self.settings
        }

    @property
    def outside(self) -> list[FittedNumber]:
        """Numbers that lie outside the range of their parameter, and are not written."""
        return [number for fit in self.fits for number in fit.written if not _allowed(number)]

    def _written(self) -> list[FittedNumber]:
        return [number for fit in self.fits for number in fit.written if _allowed(number)]

    def _about(self, fit: ModelFit) -> str:
        day = datetime.fromtimestamp(self.reading.path.stat().st_mtime, UTC).date()
        used = f"{self.reading.used:,} of {self.reading.rows:,} rows"
        return f"{self.reading.path.name} of {day} ({used}), {fit.model}"

    def scenario(self, base: str | None = None) -> dict[str, Any]:
        """The base scenario with these numbers and their sources, as a mapping.

        Args:
            base: Name or path of a scenario; the kind's own if left out.

        Raises:
            BadInput: No such scenario, or it cannot take these numbers.
        """
        return merge_into(base or self.kind.base, [self])

    def into(self, base: str) -> "FileCalibration":
        """The same file for another scenario: fitted anew where the fit takes something else as known from that.

        Raises:
            BadInput: No such scenario.
        """
        known = self.kind.known(Scenario.load(base))
        if known == self.known:
            return self
        return replace(self, fits=self.kind.fit(self.reading, *known), known=known)

    def as_mapping(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        return {
            "kind": self.kind.name,
            "data": str(self.reading.path),
            "sha256": self.reading.sha256,
            "rows": self.reading.rows,
            "rows_used": self.reading.used,
            "columns": dict(self.reading.columns),
            "guesses": self.reading.guesses,
            "currency": self.reading.currency,
            "dropped": self.reading.dropped.as_mapping(),
            "verdict": "fits" if all(fit.fits for fit in self.fits) else "does not fit",
            "fits": [fit.as_mapping() for fit in self.fits],
            "parameters": self.settings,
            "sources": self.sources,
        }


def _allowed(number: FittedNumber) -> bool:
    """Whether a number lies within the range of its parameter."""
    row = next(parameter for parameter in MARKET if f"market.{parameter.name}" == number.key)
    return row.low <= number.interval.value <= row.high


def calibrate(
    kind: str, path: str | Path, columns: Mapping[str, str] | None = None, base: str | None = None
) -> FileCalibration:
    """Read a file and fit the models of its kind.

    Args:
        kind: Name of the kind, such as `purchases`.
        path: The file: text, gzip, Parquet or Excel.
        columns: Columns of the file by role, where the guess is wrong.
        base: Name or path of the scenario into which the numbers go; the kind's own if left out.

    Raises:
        BadInput: Unknown kind or scenario, or a file that cannot be used; the message says why.
    """
    row = kind_named(kind)
    known = row.known(Scenario.load(base or row.base))
    reading = read_table(Path(path), row.roles, columns or {})
    try:
        return FileCalibration(row, reading, row.fit(reading, *known), known)
    except BadInput as trouble:
        dropped = reading.dropped.summary
        raise BadInput(f"{trouble}. Left out: {dropped}" if dropped else str(trouble)) from None


def merge_into(base: str, calibrations: Sequence[FileCalibration]) -> dict[str, Any]:
    """A scenario with the numbers of several calibrations and their sources; later ones win.

    Each is fitted anew where the scenario says something else of what the fit takes as known.

    Raises:
        BadInput: No such scenario, or numbers that it cannot take.
    """
    Scenario.load(base)
    contents = read_yaml(shipped_folder("scenarios") / f"{base}.yaml")[0] if base in scenario_names() else None
    mapping = contents if contents is not None else Scenario.load(base).as_mapping()
    market = flatten(mapping.get("market", {}))
    mechanisms, sources = dict(mapping.get("mechanisms", {})), flatten(mapping.get("sources", {}))
    for calibration in (fitted.into(base) for fitted in calibrations):
        for key, value in calibration.settings.items():
            market[key.removeprefix("market.")] = _rounded(value)
        for fit in (fit for fit in calibration.fits if fit.written):
            for key, switch in fit.switches.items():
                section, _, name = key.partition(".")
                if key == CONTRACT_ONLY and market.get("relationship", "contract") != "contract":
                    continue
                (market if section == "market" else mechanisms)[name] = switch
        sources |= calibration.sources
        if calibration.reading.currency:
            market["currency"] = calibration.reading.currency
    result = {**mapping, "market": nest(market), "mechanisms": mechanisms, "sources": sources}
    Scenario.from_mapping(result, f"{base} with calibrated numbers")
    return result


def _rounded(value: float) -> float:
    return float(f"{value:.6g}")

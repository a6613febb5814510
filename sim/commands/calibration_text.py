"""What a calibration says on a terminal."""

from typing import TYPE_CHECKING

from sim.commands.text import align, short, span, wrap

if TYPE_CHECKING:
    from sim.calibration.calibration import FileCalibration
    from sim.calibration.model_fit import ModelFit


def calibration_lines(calibration: "FileCalibration") -> list[str]:
    """Guesses, dropped rows, fits and what is written."""
    reading = calibration.reading
    lines = [
        f"{calibration.kind.name}: {reading.path} ({reading.used:,} of {reading.rows:,} rows used)",
        "",
        "guessed",
    ]
    lines += align([[name, text] for name, text in reading.guesses.items()])
    lines += align([[f"column for {role}", column] for role, column in reading.columns.items()])
    lines += wrap("  a column may be named instead: --columns ROLE=COLUMN,…") + [""]
    dropped = reading.dropped
    lines += [f"dropped: {dropped.total:,} rows" if dropped.total else "dropped: no row"]
    for reason, count in dropped.counts.items():
        lines += [f"  {count:,}: {reason}", *(f"    {row}" for row in dropped.first[reason])]
    for fit in calibration.fits:
        lines += ["", *_fit_lines(fit)]
    lines += [f"not written, outside the range of {n.key}: {short(n.interval.value)}" for n in calibration.outside]
    return lines


def _fit_lines(fit: "ModelFit") -> list[str]:
    lines = [f"{fit.name}: {fit.verdict.upper()}", *wrap(f"  {fit.model}; {fit.units}")]
    for check in fit.checks:
        lines += wrap(f"  {'ok ' if check.passed else 'NOT'} {check.name}: {check.reason}", "      ")
    if fit.forecast is not None:
        lines += wrap(f"  forecast: {fit.forecast.sentence}", "      ")
    if not fit.fits:
        return lines + ["  no parameter is written from a model that does not fit"]
    rows = [["number", "value", "95 % interval", "goes to"]]
    for number in fit.numbers:
        interval = number.interval
        known = span(interval.low, interval.high) if interval.identified else "not identified"
        rows.append([number.name, short(interval.value), known, number.key if number in fit.written else "-"])
    lines += align(rows)
    return lines + [line for remark in fit.remarks for line in wrap(f"  note: {remark}", "      ")]

"""Tables for papers: one column a factor, one row a cell, and LaTeX by booktabs with units and intervals."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

_ESCAPES = (
    {"\\": r"\textbackslash{}"}
    | {sign: f"\\{sign}" for sign in "&%$#_{}"}
    | {"~": r"\textasciitilde{}", "×": r"$\times$"}
)
LIMITS = ("low", "high")


class TidyTable(pd.DataFrame):
    """A table whose LaTeX a paper can use as it is; ``attrs["units"]`` has units by column."""

    @property
    def _constructor(self) -> type["TidyTable"]:
        return TidyTable

    def to_latex(self, caption: str = "", label: str = "", digits: int = 3) -> str:  # type: ignore[override]
        """The table in LaTeX, for a preamble with ``\\usepackage{booktabs}``.

        Args:
            caption: Text over the table; with it or a label the table floats.
            label: Name for references.
            digits: Significant digits of numbers.

        >>> print(TidyTable({"walls": [0.5], "mean": [-1.25], "low": [-2.0], "high": [-0.5]}).to_latex())
        \\begin{tabular}{rrl}
        \\toprule
        walls & mean & 95\\,\\% interval \\\\
        \\midrule
        0.5 & $-1.25$ & [$-2$, $-0.5$] \\\\
        \\bottomrule
        \\end{tabular}
        """
        lines = list(self._tabular(digits))
        if caption or label:
            head = [rf"\caption{{{escaped(caption)}}}"] * bool(caption) + [rf"\label{{{label}}}"] * bool(label)
            lines = [r"\begin{table}", r"\centering", *head, *lines, r"\end{table}"]
        return "\n".join(lines)

    def _tabular(self, digits: int) -> Iterator[str]:
        columns = [str(name) for name in self.columns]
        with_interval = set(LIMITS) <= set(columns)
        shown = [name for name in columns if not (with_interval and name == LIMITS[1])]
        kinds = ["l" if name == LIMITS[0] and with_interval or not _is_number(self[name]) else "r" for name in shown]
        yield rf"\begin{{tabular}}{{{''.join(kinds)}}}"
        yield r"\toprule"
        yield " & ".join(self._head(name, with_interval) for name in shown) + r" \\"
        yield r"\midrule"
        for row in self.to_dict("records"):
            yield " & ".join(_cell(row, name, with_interval, digits) for name in shown) + r" \\"
        yield r"\bottomrule"
        yield r"\end{tabular}"

    def _head(self, name: str, with_interval: bool) -> str:
        if with_interval and name == LIMITS[0]:
            return r"95\,\% interval"
        unit = self.attrs.get("units", {}).get(name, "")
        return escaped(f"{name.replace('_', ' ')} ({unit})" if unit else name.replace("_", " "))


def _is_number(column: Any) -> bool:
    return bool(pd.api.types.is_numeric_dtype(column))


def _cell(row: dict[Any, Any], name: str, with_interval: bool, digits: int) -> str:
    if with_interval and name == LIMITS[0]:
        return f"[{number(row[LIMITS[0]], digits)}, {number(row[LIMITS[1]], digits)}]"
    value = row[name]
    return (
        number(value, digits) if isinstance(value, int | float) and not isinstance(value, bool) else escaped(str(value))
    )


def number(value: float, digits: int) -> str:
    """A number with significant digits; empty if it is not known.

    >>> number(-1234.5, 3), number(0.0312, 2), number(float("nan"), 3)
    ('$-1230$', '0.031', '')
    """
    if value != value:
        return ""
    text = f"{float(f'{value:.{digits}g}'):.10g}"
    return f"${text}$" if text.startswith("-") else text


def escaped(text: str) -> str:
    """Text with the signs escaped that LaTeX reads otherwise.

    >>> escaped("share_of 5 %")
    'share\\\\_of 5 \\\\%'
    """
    return "".join(_ESCAPES.get(sign, sign) for sign in text)

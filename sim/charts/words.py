"""The claim guard: titles are built from paired results and never say more than their intervals do."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.charts.names import names_of
from sim.charts.numbers import SPACE, amount, places, with_sign
from sim.statistics.verdicts import HIGHER, NO_DIFFERENCE, SEARCH_BOUND, is_precise, read_interval, search_bound
from sim.version import __version__

LONGEST_TITLE = 120
_COMPARING = re.compile(r"\b(higher|lower|more|less|better|worse|pays|beats?|ahead|behind|better than)\b")


@dataclass(frozen=True)
class Finding:
    """A paired difference from the table of gaps.

    Args:
        mean: Mean difference.
        low: Lower end of the 95 % interval.
        high: Upper end.
    """

    mean: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """``higher``, ``lower`` or ``no clear difference``; read from the interval alone.

        >>> Finding(1.0, -0.1, 2.1).verdict
        'no clear difference'
        """
        return read_interval(self.low, self.high)

    @property
    def clear(self) -> bool:
        """Whether the interval excludes zero."""
        return self.verdict != NO_DIFFERENCE

    def seen_from_rival(self) -> "Finding":
        """The same difference seen from the rival."""
        return Finding(-self.mean, -self.high, -self.low)


@dataclass(frozen=True)
class ChartWords:
    """All texts of a chart.

    Args:
        title: The finding in one sentence.
        subtitle: Metric, unit, period, and what line and band mean.
        remarks: Further notes on how to read the chart.
        provenance: The line that says where the numbers come from.
        shape: One sentence on what there is to see.
    """

    title: str
    subtitle: str
    remarks: str
    provenance: str
    shape: str

    @property
    def alt(self) -> str:
        """Text for readers who cannot see the chart."""
        return f"{_sentence(self.title)} {_sentence(self.subtitle)} {_sentence(self.shape)}"

    @property
    def caption(self) -> str:
        """Text that goes under the figure in a journal."""
        return (
            f"{_sentence(self.title)} {_sentence(self.subtitle)} {_sentence(self.remarks)} {_sentence(self.provenance)}"
        )


def _sentence(text: str) -> str:
    return text if not text or text.endswith(".") else f"{text}."


def first_supported_title(candidates: Sequence[str], findings: Sequence[Finding]) -> str:
    """The first title that is short enough, if it claims nothing the findings do not carry.

    Args:
        candidates: Titles, the fullest first.
        findings: The paired results that the title speaks of.

    Raises:
        ValueError: The title compares although no interval excludes zero.
    """
    title = next((text for text in candidates if len(text) <= LONGEST_TITLE), min(candidates, key=len))
    if len(title) > LONGEST_TITLE:
        title = title[: LONGEST_TITLE - 1].rpartition(" ")[0] + "…"
    if _COMPARING.search(title) and not any(finding.clear for finding in findings):
        raise ValueError(f"the title claims a difference that no interval carries: {title}")
    return title[:1].upper() + title[1:]


def decided(title: str, about: Mapping[str, Any]) -> str:
    """The title, unless a tuned policy ended at a bound of its search, so that nothing is decided.

    >>> decided("A has higher value than B", {"at_bound": {"osfa": ["price"]}})
    'Not decided: search bound (price of one-size-fits-all)'
    """
    names = names_of(about)
    at_bound = {names.inside(names.of(policy)): ended for policy, ended in (about.get("at_bound") or {}).items()}
    text = search_bound(at_bound, list(at_bound))
    return first_supported_title([f"N{text[1:]}", f"N{SEARCH_BOUND[1:]}"], []) if text else title


def of_one_run(about: Mapping[str, Any]) -> bool:
    """Whether the tables are those of one run, in which nothing is compared; a comparison has two at least."""
    return bool(about.get("replications") == 1)


def title_of_levels(opening: str, levels: Mapping[str, str], closing: str = "") -> str:
    """A title that gives levels of one run and compares nothing.

    Args:
        opening: What it is, and when.
        levels: Number with its unit, by display name.
        closing: What stands where the names take too much room.

    >>> title_of_levels("Year 5 of one run, hand-offs per request", {"North": "1.2", "South": "0.9"})
    'Year 5 of one run, hand-offs per request: North 1.2, South 0.9'
    """
    names = [(name, name.partition(" (")[0]) for name in levels]
    texts = [", ".join(f"{pair[kind]} {levels[pair[0]]}" for pair in names) for kind in (0, 1)]
    return first_supported_title([*(f"{opening}: {text}" for text in texts), closing or opening], [])


def in_sentence(label: str) -> str:
    """A policy's display name inside a sentence.

    >>> in_sentence("Customer-centric")
    'customer-centric'
    """
    return label.lower() if label in ("Product-centric", "One-size-fits-all", "Customer-centric") else label


def title_of_value(
    gap: Finding, names: tuple[str, str], years: str, currency: str, rest: str, level: float = math.nan
) -> str:
    """A title on the difference of value of two policies; its size only if the interval is narrow enough.

    Args:
        gap: Paired difference of value. [money]
        names: Display names of the policy and of its rival, as they stand in a sentence.
        years: Length of the run as an adjective.
        currency: Name of the money.
        rest: What follows where there is room.
        level: Value of the rival, of which the difference is told in per cent; unknown if left out. [money]
    """
    first, second = names
    base = f" ({amount(level, currency)})" if math.isfinite(level) and level >= 0.0 else ""
    if gap.clear:
        share = f" ({per_cent(gap.mean, level)})" if per_cent(gap.mean, level) else ""
        size = f"{amount(gap.mean, currency)}{share} " if is_precise(gap.mean, gap.low, gap.high) else ""
        claim = f"{first} pays {size}{'more' if gap.verdict == HIGHER else 'less'} than {second}"
        claims = [f"{claim}{base} in {years} value", f"{claim} in {years} value"]
        if size:
            claims.append(f"{first} pays {claim.partition(size)[2]} in {years} value")
    else:
        claims = [f"{NO_DIFFERENCE} in {years} value between {first} and {second}"]
    return first_supported_title([f"{claim}; {rest}" for claim in claims] + claims, [gap])


def per_cent(difference: float, level: float) -> str:
    """A difference in per cent of a level, with its sign; empty where the level is not positive.

    >>> per_cent(1.0, 8.0).replace(SPACE, " "), per_cent(1.0, 0.0), per_cent(0.004, 1.0).replace(SPACE, " ")
    ('+12 %', '', '+0.40 %')
    """
    if not (math.isfinite(level) and math.isfinite(difference) and level > 0.0):
        return ""
    share = 100.0 * difference / level
    return f"{with_sign(share, max(0, min(3, places([share], 2))))}{SPACE}%"


def join_names(names: Sequence[str], last: str = "and") -> str:
    """Names as a list in a sentence.

    >>> join_names(["a", "b", "c"])
    'a, b and c'
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def period(months: int) -> str:
    """Length of a run as an adjective.

    >>> period(120), period(30)
    ('10-year', '30-month')
    """
    return f"{months // 12}-year" if months % 12 == 0 else f"{months}-month"


def provenance(
    about: Mapping[str, Any], opening: str = "Simulation, not client data", runs: str = "paired replications"
) -> str:
    """The note line: what this is, scenario, replications, seed and version."""
    digest = str(about.get("sha256", ""))[:8]
    scenario = f"scenario {about.get('scenario', 'unnamed')} {digest}".strip().replace(" ", SPACE)
    worlds = "one run" if of_one_run(about) else f"{about.get('replications', '?')} {runs}"
    seed = f"seed{SPACE}{about.get('seed', '?')}"
    adopted = (f"adopted{SPACE}by{SPACE}all{SPACE}firms",) if about.get("adopt") == "all" else ()
    return " · ".join((opening, scenario, worlds.replace(" ", SPACE), seed, *adopted, f"sim{SPACE}{__version__}"))

"""What every column of the tables of statistics means; each table carries the meaning of its columns along."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

_CONTRAST = {
    "contrast": "name under which it was declared [text]",
    "factor": "factor whose levels are compared [text]",
    "one": "level asked about",
    "other": "level compared with: the baseline",
    "where": "levels of other factors at which alone it is taken; empty: everywhere [text]",
    "outcome": "outcome [text]",
}
_INTERVALS = {
    "low": "lower end of the 95 % interval [unit of the outcome]",
    "high": "upper end of the 95 % interval [unit of the outcome]",
}

COLUMNS: dict[str, Mapping[str, str]] = {
    "contrasts": _CONTRAST
    | {
        "at": "setting of the other factors, or average over them [text]",
        "pairs": "paired replicates used [count]",
        "missing": "pairs left out because a run failed or is not there [count]",
        "baseline": "mean outcome at the baseline, over the same pairs [unit of the outcome]",
        "mean": "mean paired difference, one minus other [unit of the outcome]",
        "per_cent": "mean difference in per cent of the baseline's size [%]",
        "method": "interval by t (30 pairs or more, or fewer than 8), bca (between), exact (all pairs alike) [text]",
        "smallest": "declared smallest effect of interest [unit of the outcome]",
        "p_difference": "p-value that the mean difference is zero, paired t test [0-1]",
        "p_equivalence": "p-value that the difference is at least the smallest effect of interest, TOST [0-1]",
        "note": "says so if the difference is exactly zero in every pair [text]",
        "p_difference_holm": "p_difference adjusted by Holm over the rows of this table [0-1]",
        "p_equivalence_holm": "p_equivalence adjusted by Holm over the rows of this table [0-1]",
        "verdict": "better, equivalent, undecided or worse, at 5 % after Holm [text]",
    }
    | _INTERVALS,
    "pairing": _CONTRAST
    | {
        "at": "setting of the other factors [text]",
        "pairs": "paired replicates used [count]",
        "correlation": "correlation of the two levels over replicates; NaN if one of them never varies [-1-1]",
        "reduction": "variance of the difference with independent seeds over that with paired ones [ratio]",
        "independent": "replicates a level that independent seeds need for an interval as narrow [count]",
        "alike": "share of pairs whose outcomes are exactly equal [share]",
        "first_month": "earliest recorded month in which a measure of a pair differs; NaN if none does [month]",
        "median_month": "median over the pairs that differ of their first different month [month]",
    },
    "divergence": {
        "part": "firms (what they decide) or customers (what becomes of them) [text]",
        "month": "first month that differs, counted as in monthly tables; 0 and below is the warm-up [month]",
        "phase": "phase of the month after which it was seen, such as people, decisions, market or service [text]",
        "column": "first column that differs, in the order of declaration [text]",
        "columns": "all columns that differ at that moment [text]",
        "rows": "customers or firms that differ at that moment [count]",
        "customer": "first customer that differs in that column; empty for firms [text]",
        "firm": "first firm that differs in it, or that the customer's column is about; else empty [text]",
        "value": "value in the one world [unit of the column]",
        "other": "value in the other [unit of the column]",
    },
    "bands": {
        "month": "month [month]",
        "mean": "mean paired difference [unit of the measure]",
        "low": "lower edge of the simultaneous 95 % band [unit of the measure]",
        "high": "upper edge of the simultaneous 95 % band [unit of the measure]",
        "low_month": "lower end of the 95 % interval of this month alone [unit of the measure]",
        "high_month": "upper end of the 95 % interval of this month alone [unit of the measure]",
    },
    "sobol": {
        "outcome": "outcome [text]",
        "factor": "factor [text]",
        "first": "first-order index of the replicate means [share of variance]",
        "first_low": "lower end of its 95 % interval over rows and replicates [share of variance]",
        "first_high": "upper end [share of variance]",
        "total": "total-order index of the replicate means [share of variance]",
        "total_low": "lower end of its 95 % interval over rows and replicates [share of variance]",
        "total_high": "upper end [share of variance]",
        "first_clean": "first-order index of the expected outcome: without replicate noise; NaN for one replicate",
        "first_clean_low": "lower end of its 95 % interval [share of variance]",
        "first_clean_high": "upper end [share of variance]",
        "total_clean": "total-order index of the expected outcome: without replicate noise; NaN for one replicate",
        "total_clean_low": "lower end of its 95 % interval [share of variance]",
        "total_clean_high": "upper end [share of variance]",
        "noise_share": "share of the variance of replicate means that is replicate noise; NaN for one replicate",
        "rows": "base rows of the design [count]",
        "replicates": "replicates of each row [count]",
    },
    "morris": {
        "outcome": "outcome [text]",
        "factor": "factor [text]",
        "mu": "mean elementary effect, per whole range of the factor [unit of the outcome]",
        "mu_star": "mean size of the elementary effects [unit of the outcome]",
        "low": "lower end of the 95 % interval of mu_star, over trajectories and replicates [unit of the outcome]",
        "high": "upper end [unit of the outcome]",
        "sigma": "standard deviation of the elementary effects: interaction or curvature [unit of the outcome]",
        "noise_floor": "mu_star expected of a factor without any effect, from replicate noise; NaN for one replicate",
        "trajectories": "trajectories of the design [count]",
        "replicates": "replicates of each point [count]",
    },
    "effects": {
        "outcome": "outcome [text]",
        "term": "factor, or two factors joined by × [text]",
        "level": "level, or two levels joined by × [text]",
        "against": "first level, or two first levels joined by × [text]",
        "mean": "main effect: difference to the first level; interaction: difference of differences",
        "p_holm": "p-value that it is zero, adjusted by Holm over the terms of this outcome [0-1]",
        "aliased": "terms mixed with it in this design: interactions have no number then, main effects take them as 0",
        "replicates": "replicates [count]",
    }
    | _INTERVALS,
    "grid": {
        "across": "level of the factor across [unit of the factor]",
        "up": "level of the factor up [unit of the factor]",
        "mean": "mean paired difference [unit of the outcome]",
        "pairs": "paired replicates used [count]",
        "sign": "positive, negative, or open where the interval holds zero [text]",
    }
    | _INTERVALS,
    "zero_line": {
        "across": "level of the factor across [unit of the factor]",
        "up": "level of the factor up at which the mean difference crosses zero [unit of the factor]",
        "low": "lower end of the 95 % interval of the crossing; NaN if the grid ends before [unit of the factor]",
        "high": "upper end; NaN if the grid ends before [unit of the factor]",
        "rising": "whether the difference turns positive on the way up",
    },
    "boxes": {
        "box": "number of the box, in the order found [count]",
        "factor": "restricted factor [text]",
        "low": "lower limit within the box; NaN for a factor of names [unit of the factor]",
        "high": "upper limit within the box; NaN for a factor of names [unit of the factor]",
        "names": "levels within the box, for a factor of names [text]",
        "coverage": "share of all points of interest that lie in the box [share]",
        "density": "share of the box's points that are of interest [share]",
        "mass": "share of all points that lie in the box [share]",
        "p": "quasi p-value that this restriction does not help [0-1]",
    },
}


COLUMNS |= {
    "divergences": {
        "contrast": "name of the contrast [text]",
        "at": "setting of the other factors [text]",
        "replicate": "replicate of the pair [count]",
    }
    | dict(COLUMNS["divergence"]),
    "zero_lines": {
        "contrast": "name of the contrast [text]",
        "across_factor": "factor across [text]",
        "up_factor": "factor up [text]",
    }
    | dict(COLUMNS["zero_line"]),
    "grids": {
        "contrast": "name of the contrast [text]",
        "across_factor": "factor across [text]",
        "up_factor": "factor up [text]",
    }
    | dict(COLUMNS["grid"]),
    "shares": _CONTRAST
    | {
        "smallest": "declared smallest effect of interest [unit of the outcome]",
        "finding": "better or worse by more than the smallest effect of interest, else equivalent [text]",
        "worlds": "sampled worlds [count]",
        "count": "worlds of this finding, by the mean paired difference over their replicates [count]",
        "share": "share of the sampled worlds [share]",
        "low": "lower end of its 95 % interval by Wilson, over sampled worlds [share]",
        "high": "upper end [share]",
        "mean": "mean paired difference in worlds of this finding; NaN without any [unit of the outcome]",
        "luck": "standard error of a world's difference by luck, pooled; NaN for one replicate [unit of the outcome]",
        "replicates": "replicates of every world [count]",
    },
    "drivers": {
        "contrast": "name of the contrast [text]",
        "outcome": "outcome [text]",
        "factor": "sampled factor [text]",
        "rank_correlation": "rank correlation with the difference over worlds; NaN for a factor of names [-1-1]",
        "low": "lower end of its 95 % interval, by itself [-1-1]",
        "high": "upper end [-1-1]",
        "worlds": "sampled worlds [count]",
    },
}
COLUMNS |= {
    "contrast_boxes": {
        "contrast": "name of the contrast [text]",
        "outcome": "outcome [text]",
        "beyond": "how much better a world of interest is: the smallest effect of interest [unit of the outcome]",
    }
    | dict(COLUMNS["boxes"])
    | {
        "box": "number of the box, in the order found; 0: there is none [count]",
        "note": "why there is no box; empty if there is one [text]",
    }
}


def describe_table(name: str, rows: Sequence[Mapping[str, Any]] | pd.DataFrame) -> pd.DataFrame:
    """A table whose ``attrs["columns"]`` describe its columns.

    Args:
        name: Name of the table in `COLUMNS`.
        rows: Its rows, or the table itself.

    >>> describe_table("grid", []).attrs["columns"]["pairs"]
    'paired replicates used [count]'
    """
    meanings = COLUMNS[name]
    table = pd.DataFrame(rows) if len(rows) else pd.DataFrame(columns=list(meanings))
    table.attrs["columns"] = {column: meanings[column] for column in table.columns}
    return table

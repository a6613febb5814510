"""The table of defining and nuisance decisions as text."""

from typing import TYPE_CHECKING

from sim.commands.text import align, short, wrap

if TYPE_CHECKING:
    import pandas as pd

LEFT_OUT = "°"  # mark of a value that does not define the policy


def decision_lines(table: "pd.DataFrame") -> list[str]:
    """What defines each policy, a column each, and the values that all have. table: as `decision_table` makes it"""
    from sim.experiments.decision_table import DEFINING, values_of_policies

    values = values_of_policies(table)
    by_policy = {str(policy): values[policy].to_dict() for policy in values}
    defines = set(map(tuple, table.loc[table["kind"] == DEFINING, ["policy", "decision"]].to_numpy()))
    shown = [
        name
        for name in values.index
        if len({own[name] for own in by_policy.values()}) > 1 or any((policy, name) in defines for policy in by_policy)
    ]
    rows = [["decision", *by_policy]]
    for name in shown:
        marks = {policy: "" if (policy, name) in defines else LEFT_OUT for policy in by_policy}
        rows.append([str(name), *(short(own[name]) + marks[policy] for policy, own in by_policy.items())])
    common = ", ".join(f"{name} {short(values.loc[name].iloc[0])}" for name in values.index if name not in shown)
    title = f"Decisions that define a policy; a value with {LEFT_OUT!r} does not define it and is neutral or tuned"
    return [*wrap(title, ""), *align(rows), *wrap(f"Equal for all: {common or 'nothing'}")]


def decision_page(table: "pd.DataFrame") -> list[str]:
    """Every decision of one policy with its value, and of the defining ones reason and source."""
    from sim.experiments.decision_table import DEFINING

    lines = ["Defining decisions; the source speaks of the direction, the number is assumed"]
    for row in table[table["kind"] == DEFINING].to_dict("records"):
        lines += wrap(f"{row['decision']} {short(row['value'])} [{row['unit']}]: {row['reason']} ({row['source']})")
    rest = table[table["kind"] != DEFINING]
    rows = [["decision", "value", "unit"]]
    rows += [[row["decision"], short(row["value"]), row["unit"]] for row in rest.to_dict("records")]
    title = "Nuisance decisions: one value for every policy of a market, or tuned for every policy by the same budget"
    return [*lines, "", *wrap(title, ""), *(align(rows) if len(rest) else ["  none"])]

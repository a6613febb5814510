"""Names and keys of an experiment that have two owners."""

from collections.abc import Sequence

from sim.experiments.sweep.design.factors import RESERVED_FACTOR_NAMES, Factor
from sim.experiments.sweep.design.outcomes import Outcome
from sim.experiments.sweep.design.strict_section import StrictSection
from sim.parameters import Scenario
from sim.parameters.setting import canonical


def check_names(form: StrictSection, factors: Sequence[Factor], outcomes: Sequence[Outcome]) -> None:
    """Complain of missing factors and outcomes, and of two columns of one name."""
    names = [factor.name for factor in factors]
    if not factors:
        form.complain("factors", "is empty; name at least one thing that varies.")
    if not outcomes:
        form.complain("outcomes", "is empty; name at least one number of a run.")
    for name in {name for name in names if names.count(name) > 1}:
        form.complain("factors", f"has {name} twice: once alone and once among all parameters of its section.")
    for outcome in outcomes:
        if outcome.name in (*names, *RESERVED_FACTOR_NAMES):
            form.complain(f"outcomes.{outcome.name}", "is the name of another column; choose another.")


def check_keys(form: StrictSection, factors: Sequence[Factor], base: Scenario) -> None:
    """Complain of two factors that set the same key, or one key inside what another sets."""
    firms = [firm.name for firm in base.firms]
    owners: dict[str, str] = {}
    for factor in factors:
        for key in {canonical(path, firms) for path in factor.sets}:
            for other, owner in owners.items():
                if owner != factor.name and f"{key}.".startswith(f"{other}.") | f"{other}.".startswith(f"{key}."):
                    form.complain(f"factors.{factor.name}", f"sets {key}, which factor {owner} sets too; one must go.")
            owners[key] = factor.name

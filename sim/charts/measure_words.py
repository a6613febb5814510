"""Titles on several measures of two policies at once."""

from collections.abc import Mapping

from sim.charts.words import Finding, first_supported_title, in_sentence, join_names
from sim.statistics.verdicts import HIGHER, LOWER, NO_DIFFERENCE


def title_over_measures(findings: Mapping[str, Finding], policy: str, against: str, when: str) -> str:
    """A title on several measures of two policies.

    Args:
        findings: Paired results by the measure's noun.
        policy: Display name of the policy.
        against: Display name of the rival.
        when: Period, such as ``year 10``.
    """
    first, second = in_sentence(policy), in_sentence(against)
    results = list(findings.values())
    unclear = [noun for noun, finding in findings.items() if not finding.clear]
    if len(unclear) == len(findings):
        every = f"{NO_DIFFERENCE} between {first} and {second}"
        title = f"{every} in {join_names(unclear, 'or')}"
        return first_supported_title([f"In {when} {title}", f"{when}: {title}", f"In {when} {every}"], results)
    claim = f"{first} has {_claims(findings)} than {second}"
    if not unclear:
        return first_supported_title([f"In {when} {claim}", f"{when}: {claim}", _counted(findings, when)], results)
    titles = [
        f"{claim}; {NO_DIFFERENCE} in {join_names(unclear, 'or')}",
        f"{claim}; {NO_DIFFERENCE} in the rest",
        f"{claim}; {join_names(unclear)} not clear",
        f"{claim}; rest not clear",
    ]
    return first_supported_title(
        [f"{opening} {title}" for title in titles for opening in (f"In {when}", f"{when}:")]
        + [_counted(findings, when)],
        results,
    )


def _counted(findings: Mapping[str, Finding], when: str) -> str:
    """The shortest title on several measures: how many are higher, lower and not clear."""
    verdicts = [finding.verdict for finding in findings.values()]
    counts = [f"{verdicts.count(verdict)} {verdict}" for verdict in (HIGHER, LOWER) if verdict in verdicts]
    unclear = [f"{verdicts.count(NO_DIFFERENCE)} not clear"] if NO_DIFFERENCE in verdicts else []
    return f"In {when} of {len(verdicts)} measures {join_names([*counts, *unclear])}"


def _claims(findings: Mapping[str, Finding]) -> str:
    parts = []
    for verdict in (LOWER, HIGHER):
        nouns = [noun for noun, finding in findings.items() if finding.verdict == verdict]
        parts += [f"{verdict} {join_names(nouns)}"] if nouns else []
    return " and ".join(parts)

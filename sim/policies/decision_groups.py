"""Groups of decisions that belong together, so that a bridge between two policies can switch them as one."""

from collections.abc import Mapping

from sim.parameters.checking import nearest
from sim.parameters.decisions import DECISIONS, in_group
from sim.parameters.decisions import GROUPS as NAMES
from sim.parameters.errors import BadInput
from sim.parameters.table import MECHANISMS

REST = "rest"
MOST_GROUPS = 6  # a bridge over k groups needs 2 ** k worlds a replication
DECISIONS_BY_GROUP: Mapping[str, tuple[str, ...]] = {name: in_group(name) for name in NAMES}
USUAL_GROUPS = "walls,knowing"  # and the rest: what silos cost and what knowing customers earns
FINEST = "walls,knowing,product,marketing,service"  # and the rest


def groups_of(text: str) -> dict[str, tuple[str, ...]]:
    """Decisions by group from ``walls,knowing,money=price+marketing``; what is left over is the group ``rest``.

    Raises:
        BadInput: An unknown name, a decision in two groups, or more groups than a bridge can have.

    >>> list(groups_of("walls,care=service+depth"))
    ['walls', 'care', 'rest']
    """
    groups: dict[str, tuple[str, ...]] = {}
    for part in text.split(","):
        name, _, members = part.partition("=")
        name = name.strip()
        if name == REST or name in groups or not name:
            raise BadInput(f"--groups {text}: {name!r} cannot name a group; {REST!r} is what is left over")
        groups[name] = tuple(
            decision for member in (members or name).split("+") for decision in _decisions(member.strip(), text)
        )
    taken = [decision for group in groups.values() for decision in group]
    twice = sorted({decision for decision in taken if taken.count(decision) > 1})
    if twice:
        raise BadInput(f"--groups {text}: {twice[0]} is in two groups; a decision can be switched once only")
    rest = tuple(decision for decision in DECISIONS if decision not in taken)
    return few_enough(groups | ({REST: rest} if rest else {}))


def mechanisms_of(text: str) -> dict[str, tuple[str, ...]]:
    """Mechanisms by group from ``word_of_mouth,knowing=customisation+belief_learning``.

    Raises:
        BadInput: An unknown mechanism, one in two groups, or more groups than a bridge can have.

    >>> mechanisms_of("queue")
    {'queue': ('queue',)}
    """
    groups: dict[str, tuple[str, ...]] = {}
    for part in text.split(","):
        name, _, members = part.partition("=")
        groups[name.strip()] = tuple(member.strip() for member in (members or name).split("+"))
    named = [member for group in groups.values() for member in group]
    for mechanism in named:
        if mechanism not in MECHANISMS:
            raise BadInput(f"--mechanisms {text}: {mechanism!r} is no mechanism.{nearest(mechanism, MECHANISMS)}")
    if len(set(named)) < len(named) or len(groups) < len(text.split(",")):
        raise BadInput(f"--mechanisms {text}: one is named twice; a mechanism can be switched once only")
    return few_enough(groups)


def few_enough(groups: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The groups, unless they are too many for an exact bridge.

    Raises:
        BadInput: There are too many.
    """
    if len(groups) > MOST_GROUPS:
        raise BadInput(
            f"a bridge over {len(groups)} groups ({', '.join(groups)}) would need {2 ** len(groups)} worlds a "
            f"replication; at most {MOST_GROUPS} are allowed, so join some as name=one+other"
        )
    return groups


def _decisions(member: str, text: str) -> tuple[str, ...]:
    if member in DECISIONS_BY_GROUP:
        return DECISIONS_BY_GROUP[member]
    if member in DECISIONS:
        return (member,)
    names = [*DECISIONS_BY_GROUP, *DECISIONS]
    raise BadInput(f"--groups {text}: {member!r} is neither a group nor a decision.{nearest(member, names)}")

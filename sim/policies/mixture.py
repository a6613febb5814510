"""A firm that follows one policy, save for some decisions that it takes as another policy would."""

from collections.abc import Collection
from typing import Any, ClassVar

from sim.policies.base import Plan, Policy, PolicyTransition, View
from sim.policies.defining import of_mixture


def mix(base: Policy, other: Policy, taken: Collection[str], text: str) -> Policy:
    """The policy `base` with the decisions `taken` as `other` takes them.

    Both are asked each month by the same view, that of the firm as it is, and each answers in full; the decisions taken
    from `other` replace those of `base`. So with no decision taken it is `base` to the bit, and with all it is `other`.

    Args:
        base: Whom the firm follows.
        other: Whose decisions are put in.
        taken: Names of those decisions.
        text: Name of the mixture.
    """
    parts = tuple(sorted(taken))

    def joined(plan: Plan, put_in: Plan) -> Plan:
        return plan._replace(**{name: getattr(put_in, name) for name in parts})

    class Mixed(Policy):
        """Asks two policies and takes each decision from one of them."""

        name: ClassVar[str] = text
        summary: ClassVar[str] = f"{base.name}, but {', '.join(parts) or 'nothing'} as {other.name} decides"
        start: Plan = joined(base.start, other.start)
        transition: PolicyTransition | None = _path(base, other, parts, text)

        def __init__(self) -> None:
            self.parts = (base, other)
            self.defining = of_mixture(base, other, parts)

        def __reduce__(self) -> tuple[Any, ...]:
            return mix, (*self.parts, parts, text)

        def decide(self, view: View) -> Plan:
            """Each decision from the policy that owns it."""
            return joined(base.decide(view), other.decide(view))

    return Mixed()


def _path(base: Policy, other: Policy, taken: Collection[str], text: str) -> PolicyTransition | None:
    """Transition of a mixture, one of whose policies is in transition: same dates, both end points mixed."""
    route = base.transition or other.transition
    if route is None:
        return None
    mine, theirs = (
        (policy.transition.origin, policy.transition.goal) if policy.transition else (policy, policy)
        for policy in (base, other)
    )
    origin, goal = (mix(mine[end], theirs[end], taken, text) for end in range(2))
    return route._replace(origin=origin, goal=goal)


def mixture_text(base: str, other: str, taken: Collection[str]) -> str:
    """How a mixture is written where a policy is asked for.

    >>> mixture_text("osfa", "customer_centric", ["walls", "depth"])
    'osfa with depth+walls of customer_centric'
    """
    return f"{base} with {'+'.join(sorted(taken))} of {other}" if taken else base

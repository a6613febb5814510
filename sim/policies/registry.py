"""Policies by name: those in the box, those registered, and those in a user's own file."""

import sys
from contextlib import redirect_stdout
from importlib.metadata import entry_points
from pathlib import Path

from sim.parameters.checking import nearest
from sim.parameters.errors import BadInput
from sim.parameters.firm_settings import FirmSettings
from sim.parameters.policy_texts import MIXTURE
from sim.parameters.policy_transitions import TransitionSettings
from sim.policies.base import DECISIONS, Plan, Policy, PolicyTransition
from sim.policies.customer_centric import CustomerCentric
from sim.policies.defining import on_neutral
from sim.policies.files import module_of
from sim.policies.hybrid import Hybrid
from sim.policies.mixture import mix
from sim.policies.osfa import OneSizeFitsAll
from sim.policies.product_centric import ProductCentric
from sim.policies.transforming import Transforming

_KNOWN: dict[str, type[Policy]] = {
    made.name: made for made in (ProductCentric, OneSizeFitsAll, CustomerCentric, Hybrid, Transforming)
}

USUAL_TRANSITION = TransitionSettings()
USUAL_NEUTRAL = Plan()


def register(policy: type[Policy]) -> type[Policy]:
    """Make a policy known by its name; usable as a decorator."""
    _KNOWN[policy.name] = policy
    return policy


def find_class(name: str) -> type[Policy] | None:
    """The class behind the name of a policy; None when no class has that name."""
    _load_entry_points(name)
    return _KNOWN.get(name)


def policy_names() -> tuple[str, ...]:
    """Names of the policies that can be used."""
    return tuple(sorted(_KNOWN))


def policy_of(firm: FirmSettings) -> Policy:
    """The policy of a firm as its scenario sends it on its way.

    Raises:
        BadInput: No such policy, file, class or decision.
    """
    return policy_named(firm.policy, firm.way, firm.neutral)


def policy_named(text: str, way: TransitionSettings = USUAL_TRANSITION, neutral: Plan = USUAL_NEUTRAL) -> Policy:
    """The policy of that name, of ``path.py:Class``, or a mixture: ``osfa with walls+depth of customer_centric``.

    Args:
        text: What a scenario or a command asks for.
        way: Where a policy that lies between others comes from and goes to.
        neutral: What the policy decides where it does not define the decision: the neutral plan of the market.

    Raises:
        BadInput: No such policy, file, class or decision, or a way whose ends are themselves between others.
    """
    mixture = MIXTURE.fullmatch(text)
    if mixture:
        taken = mixture["taken"].split("+")
        unknown = [name for name in taken if name not in DECISIONS]
        if unknown:
            raise BadInput(f"policy {text!r}: {unknown[0]} is no decision.{nearest(unknown[0], DECISIONS)}")
        base, other = (policy_named(mixture[part], way, neutral) for part in ("base", "other"))
        return mix(base, other, taken, text)
    policy = on_neutral(_policy_of_text(text), neutral)
    return policy if type(policy).configure is Policy.configure else policy.configure(_route(text, way, neutral))


def _route(text: str, way: TransitionSettings, neutral: Plan) -> PolicyTransition:
    origin, goal = (on_neutral(_policy_of_text(end), neutral) for end in (way.origin, way.goal))
    for end in (origin, goal):
        if type(end).configure is not Policy.configure:
            raise BadInput(
                f"policy {text} goes from {way.origin} to {way.goal} by policy_settings; {end.name} is itself between "
                f"two policies and cannot be an end"
            )
    return PolicyTransition(origin, goal, way.weight, way.additive, way.date)


def _policy_of_text(text: str) -> Policy:
    if ".py:" in text and not text.endswith(":"):
        return _from_file(text)
    _load_entry_points(text)
    if text not in _KNOWN:
        raise BadInput(
            f"policy {text!r} is not known; known are {', '.join(policy_names())}, or a file as mine.py:Mine."
            f"{nearest(text, _KNOWN)}"
        )
    return _with_text(_KNOWN[text], text)


def _load_entry_points(name: str) -> None:
    """Register the policy of that name that an installed package offers."""
    for entry in entry_points(group="sim.policies", name=name) if name not in _KNOWN else ():
        register(entry.load())


def _from_file(text: str) -> Policy:
    path, _, name = text.rpartition(":")
    file = Path(path)
    if not file.is_file():
        raise BadInput(f"policy {text!r}: there is no file {path}")
    try:
        with redirect_stdout(sys.stderr):  # what a policy prints must not mix with results
            module = module_of(file.resolve())
    except (Exception, SystemExit) as trouble:
        raise BadInput(f"policy {text!r}: {path} does not run: {type(trouble).__name__}: {trouble}") from trouble
    policy = getattr(module, name, None)
    if not (isinstance(policy, type) and issubclass(policy, Policy)):
        raise BadInput(f"policy {text!r}: {path} has no class {name} that extends sim.policies.Policy")
    return _with_text(policy, text)


def _with_text(policy: type[Policy], text: str) -> Policy:
    try:
        with redirect_stdout(sys.stderr):
            return policy()
    except (Exception, SystemExit) as trouble:
        raise BadInput(
            f"policy {text!r} cannot be made without arguments: {type(trouble).__name__}: {trouble}"
        ) from trouble

"""The kinds of data, one row each."""

from sim.calibration.kinds.choices import CHOICES
from sim.calibration.kinds.churn import CHURN
from sim.calibration.kinds.ledger import LEDGER
from sim.calibration.kinds.network import NETWORK
from sim.calibration.kinds.payments import PAYMENTS
from sim.calibration.kinds.purchases import PURCHASES
from sim.calibration.kinds.satisfaction import SATISFACTION
from sim.calibration.kinds.tickets import TICKETS
from sim.calibration.model_fit import Kind
from sim.parameters.checking import nearest
from sim.parameters.errors import BadInput

KINDS = (PURCHASES, CHURN, TICKETS, PAYMENTS, CHOICES, NETWORK, SATISFACTION, LEDGER)


def kind_named(name: str) -> Kind:
    """The kind of that name.

    Raises:
        BadInput: There is none.
    """
    names = [kind.name for kind in KINDS]
    for kind in KINDS:
        if kind.name == name:
            return kind
    raise BadInput(f"kind {name!r} is not known.{nearest(name, names)} Known: {', '.join(names)}")

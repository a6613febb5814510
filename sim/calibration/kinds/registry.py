"""The kinds of data, one row each."""

from sim.calibration.kinds.choices import CHOICES_KIND
from sim.calibration.kinds.churn import CHURN_KIND
from sim.calibration.kinds.ledger import LEDGER_KIND
from sim.calibration.kinds.network import NETWORK_KIND
from sim.calibration.kinds.payments import PAYMENTS_KIND
from sim.calibration.kinds.purchases import PURCHASES_KIND
from sim.calibration.kinds.satisfaction import SATISFACTION_KIND
from sim.calibration.kinds.tickets import TICKETS_KIND
from sim.calibration.model_fit import Kind
from sim.parameters.checking import nearest
from sim.parameters.errors import BadInput

KINDS = (
    PURCHASES_KIND,
    CHURN_KIND,
    TICKETS_KIND,
    PAYMENTS_KIND,
    CHOICES_KIND,
    NETWORK_KIND,
    SATISFACTION_KIND,
    LEDGER_KIND,
)


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

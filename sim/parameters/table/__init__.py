"""Every number the model knows: name, unit, default, range, source and meaning, in one place."""

from sim.parameters.decisions import LEVERS
from sim.parameters.table.credit import CREDIT
from sim.parameters.table.customers import CUSTOMERS
from sim.parameters.table.departments import (
    FACTS,
    FORM_OF_A_FIRM,
    FORMS,
    OWNER_IN_THE_MARKET,
    OWNER_OF_CUSTOMERS,
    PAY,
    PAY_OF_DEPARTMENTS,
    WALLS,
)
from sim.parameters.table.firm import FIRM as ONE_FIRM
from sim.parameters.table.improving import IMPROVING
from sim.parameters.table.marketing_and_service import MARKETING_AND_SERVICE
from sim.parameters.table.mechanisms import MECHANISMS, STARTS_OFF
from sim.parameters.table.organisation import ORGANISATION
from sim.parameters.table.sales import SALES
from sim.parameters.table.transformation import ADOPTION, POLICY_SETTINGS, PROGRAMME

MARKET = (
    *CUSTOMERS,
    *MARKETING_AND_SERVICE,
    *ORGANISATION,
    *SALES,
    *CREDIT,
    *FACTS,
    *PAY,
    *FORMS,
    *OWNER_IN_THE_MARKET,
    *ADOPTION,
    *IMPROVING,
)
FIRM = (*ONE_FIRM, *WALLS, *FORM_OF_A_FIRM, *PAY_OF_DEPARTMENTS, *OWNER_OF_CUSTOMERS, *POLICY_SETTINGS, *PROGRAMME)

__all__ = ["FIRM", "LEVERS", "MARKET", "MECHANISMS", "STARTS_OFF"]

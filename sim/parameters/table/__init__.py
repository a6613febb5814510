"""Every number the model knows: name, unit, default, range, source and meaning, in one place."""

from sim.parameters.decisions import LEVERS, NEUTRAL_PARAMETERS
from sim.parameters.table.beliefs import BELIEF_PARAMETERS, GOALS_RESEARCH
from sim.parameters.table.choice import CHOICE, CHOICE_EFFORT, GRIEVANCES, INERTIA
from sim.parameters.table.customer_management import OWNER_IN_THE_MARKET, OWNER_OF_CUSTOMERS
from sim.parameters.table.customer_outcome import CUSTOMER_OUTCOME
from sim.parameters.table.customer_selection import CUSTOMER_SELECTION
from sim.parameters.table.customisation import CUSTOMISATION
from sim.parameters.table.finance import FINANCE
from sim.parameters.table.firm import FIRM_ROWS as ONE_FIRM
from sim.parameters.table.improvement import PREVENTION, PROCESS_DESIGN, ROOT_CAUSES
from sim.parameters.table.incentives import PAY, PAY_OF_DEPARTMENTS
from sim.parameters.table.information import INFORMATION_PARAMETERS
from sim.parameters.table.limits import GUARDS, LEADERSHIP_GUARDS, MEMORIES, SHAPE_OF_TALK
from sim.parameters.table.marketing import MARKETING
from sim.parameters.table.mechanisms import MECHANISMS, STARTS_OFF
from sim.parameters.table.needs import NEEDS
from sim.parameters.table.organisation import ORGANISATION
from sim.parameters.table.people import COST_TO_SERVE, ECONOMICS, PEOPLE_PARAMETERS, TEMPER
from sim.parameters.table.product import PRODUCT
from sim.parameters.table.receivables import RECEIVABLES
from sim.parameters.table.rivals import RIVALS
from sim.parameters.table.sales_calls import SALES_CALLS
from sim.parameters.table.satisfaction import FADING, HEARING, SATISFACTION, SURVEY
from sim.parameters.table.service import SERVICE
from sim.parameters.table.sight import SIGHT
from sim.parameters.table.structure import FORM_OF_A_FIRM, FORMS
from sim.parameters.table.timing import TIME
from sim.parameters.table.transformation import ADOPTION, POLICY_SETTINGS, PROGRAMME_PARAMETERS
from sim.parameters.table.walls import WALLS
from sim.parameters.table.word_of_mouth import NETWORK, WORD_OF_MOUTH, WORDS_AND_EXPERIENCE

# fmt: off
MARKET = (  # the order is that of the factors of a sampled design: a new topic goes to the end
    *PEOPLE_PARAMETERS, *NEEDS, *ECONOMICS, *TEMPER, *SATISFACTION, *HEARING, *CHOICE, *WORD_OF_MOUTH, *NETWORK,
    *MARKETING, *SERVICE,
    *PRODUCT, *CUSTOMISATION, *BELIEF_PARAMETERS, *ORGANISATION, *RIVALS, *TIME,
    *SALES_CALLS, *RECEIVABLES,
    *INFORMATION_PARAMETERS, *PAY, *FORMS, *OWNER_IN_THE_MARKET, *ADOPTION,
    *PREVENTION, *ROOT_CAUSES, *CHOICE_EFFORT, *GOALS_RESEARCH, *CUSTOMER_SELECTION, *CUSTOMER_OUTCOME, *PROCESS_DESIGN,
    *NEUTRAL_PARAMETERS,
    *INERTIA, *GRIEVANCES, *FADING, *WORDS_AND_EXPERIENCE, *SURVEY, *COST_TO_SERVE,
    *SHAPE_OF_TALK, *GUARDS, *MEMORIES,
    *SIGHT, *FINANCE,
)
# fmt: on
FIRM = (
    *ONE_FIRM,
    *WALLS,
    *FORM_OF_A_FIRM,
    *PAY_OF_DEPARTMENTS,
    *OWNER_OF_CUSTOMERS,
    *POLICY_SETTINGS,
    *PROGRAMME_PARAMETERS,
    *LEADERSHIP_GUARDS,
)

__all__ = ["FIRM", "LEVERS", "MARKET", "MECHANISMS", "STARTS_OFF"]

"""Numbers of sight: what departments know of figures, of customers' spending and of needs, and what that costs."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P
from sim.parameters.parameter import of_customers as C

# fmt: off
SIGHT: tuple[P, ...] = (
    P("belief.feedback", "share", 0.3, 0.0, 1.0, ASSUMED, "Part of the precision gained without spending that comes from credits given and from reasons for leaving"),
    C("belief.books", "months", 6.0, 0.0, 120.0, ASSUMED, "Months of own use after which a firm's books err about a customer's spending as much as people differ; 0: spending is known of everybody, customer or not", off={"own_books": 0.0}),
    C("belief.wallet_error", "ratio", 1.0, 0.0, 10.0, "sign: Du, Kamakura and Mela (2007); value assumed", "Error about what a buyer spends everywhere, seen from the books of one of several firms, against the spread over people", off={"own_books": 0.0}),
    C("belief.data_error", "ratio", 0.5, 0.0, 10.0, ASSUMED, "Error of bought data on what a person spends, against the spread over people"),
    P("marketing.interview_cost", "EUR", 30.0, 0.0, 1e5, ASSUMED, "Price of one interview of market research"),
    P("marketing.data_cost", "EUR/person/month", 0.05, 0.0, 1e4, ASSUMED, "Price of bought data on one person who is no customer"),
    P("organisation.report_months", "months", 3.0, 1.0, 120.0, "Securities and Exchange Commission (1970), rule 13a-13: listed firms report each quarter on Form 10-Q, that is every 3 months", "Time between reports that reach all departments, walls or not"),
    P("service.planned_by_figures", "share", 0.5, 0.0, 1.0, ASSUMED, "Part of the staffing that is planned from the numbers of customers and of causes of incidents as the desk knows them; the rest follows its own work"),
    P("product.research_aim", "share", 0.5, 0.0, 1.0, "sign: Griffin and Hauser (1996); value assumed", "Part of research that serves only as far as reasons for leaving and credits are known as they are"),
)
# fmt: on

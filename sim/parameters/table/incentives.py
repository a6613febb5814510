"""Numbers of incentives: how pay by volume or by customer value bends what departments decide."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
PAY_OF_DEPARTMENTS: tuple[P, ...] = (
    P("pay.product", "share", None, 0.0, 1.0, "null: fixed pay, which moves nothing", "Part of the variable pay of product that hangs on customer value; the rest hangs on what is sold of its lines"),
    P("pay.marketing", "share", None, 0.0, 1.0, "null: fixed pay, which moves nothing", "The same for marketing; the rest hangs on the number of new customers"),
    P("pay.service", "share", None, 0.0, 1.0, "null: fixed pay, which moves nothing", "The same for service; the rest hangs on cases per hour"),
    P("pay.finance", "share", None, 0.0, 1.0, "null: fixed pay, which moves nothing", "The same for finance; the rest hangs on cash collected. Sales: decisions.pay_value"),
)
PAY: tuple[P, ...] = (
    P("pay.targeting", "log", 0.7, 0.0, 3.0, ASSUMED, "How much less marketing paid by volume targets than planned, and paid by value more"),
    P("pay.promise", "log", 0.2, 0.0, 3.0, ASSUMED, "How much more marketing paid by volume promises, and paid by value less"),
    P("pay.newcomer_discount", "log", 0.4, 0.0, 3.0, ASSUMED, "How much more marketing paid by volume gives to newcomers, and paid by value less"),
    P("pay.utilisation", "log", 0.05, 0.0, 0.5, ASSUMED, "How much tighter service paid by cases runs its desk, and paid by value looser"),
    P("pay.senior", "log", 0.7, 0.0, 3.0, ASSUMED, "How much less service paid by cases uses the senior tier, and paid by value more"),
    P("pay.priority", "log", 0.7, 0.0, 3.0, ASSUMED, "How much less service paid by cases goes by estimated value, and paid by value more"),
    P("pay.research", "log", 0.2, 0.0, 3.0, ASSUMED, "How much more product paid by volume spends on its product, and paid by value less"),
    P("pay.depth", "log", 0.7, 0.0, 3.0, ASSUMED, "How much less product paid by volume customises, and paid by value more"),
    P("pay.hold_after", "log", 0.4, 0.0, 3.0, ASSUMED, "How much earlier finance paid by cash holds supply, and paid by value later"),
    P("pay.reminders", "log", 0.3, 0.0, 3.0, ASSUMED, "How many more accounts finance paid by cash reminds, and paid by value fewer"),
    P("pay.rush", "share", 0.15, 0.0, 0.5, ASSUMED, "Part of an incident's hours that service paid by cases leaves out, and paid by value adds"),
    P("pay.rush_rework", "1", 5.0, 0.0, 50.0, ASSUMED, "Relative rise of the chance of rework per part of the hours left out"),
    P("pay.office_staff", "heads/customer", 0.0005, 0.0, 1.0, ASSUMED, "Staff with variable pay of product, of marketing and of finance, each"),
)
# fmt: on

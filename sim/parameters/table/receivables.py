"""Numbers of money owed: when it is due, what makes customers pay, what the ledger shows, and what is lost."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P
from sim.parameters.parameter import of_customers as C

# fmt: off
RECEIVABLES: tuple[P, ...] = (
    C("temper.payment_reliability", "share", 0.95, 0.0, 1.0, ASSUMED, "Chance of the median customer to pay an account in the month in which it is due"),
    C("temper.payment_spread", "sd of log", 1.0, 0.0, 3.0, ASSUMED, "Spread over people of the chance not to pay"),
    C("credit.terms", "count", 1.0, 1.0, 12.0, "Directive 2011/7/EU on late payment, article 3: where nothing else is agreed, interest is due from 30 days after the invoice, or 1 month", "Months from an invoice to the month in which it is due", off={"invoices": 0.0}),
    P("credit.reminder_cost", "EUR", 1.5, 0.0, 1e5, ASSUMED, "Cost of reminding one customer once"),
    C("credit.reminder_effect", "share", 0.3, 0.0, 1.0, "Behavioural Insights Team (2012), trial with unpaid fines: 5 % paid without a reminder and 33 % with a text message that names the debtor, which is 29 % of those who would not have paid, or 0.3", "Part of those who would not pay this month whom a reminder moves to pay"),
    C("credit.hold_effect", "share", 0.5, 0.0, 1.0, ASSUMED, "Part of those who would not pay whom a hold moves to pay in the month after"),
    C("credit.laxity", "1/month", 0.05, 0.0, 1.0, ASSUMED, "Part of the discipline lost in a month in which an overdue account is neither reminded nor held"),
    C("credit.restoring", "share", 0.3, 0.0, 1.0, ASSUMED, "Part of the missing discipline that a reminder or a hold gives back"),
    C("credit.ledger_error", "1/month", 0.01, 0.0, 1.0, ASSUMED, "Chance that the ledger shows a sound account as overdue for a month"),
    C("credit.error_lasting", "share", 0.5, 0.0, 1.0, ASSUMED, "Chance that such an error is not found for a further month"),
    C("credit.posting_delay", "share", 0.2, 0.0, 1.0, ASSUMED, "Chance that a payment is not yet in the ledger when the month's supply is decided"),
    C("credit.override", "share", 0.2, 0.0, 1.0, ASSUMED, "Chance that sales supplies although the ledger says hold"),
    C("credit.write_off", "months", 18.0, 1.0, 120.0, ASSUMED, "Months overdue after which an account goes to collections, and what they do not recover is written off"),
    C("credit.recovery", "share", 0.3, 0.0, 1.0, "assumed; agencies in the United States recovered 7 % of the face value that they were given in 2013 (Ernst and Young for ACA International 2014)", "Chance that collections recover an account"),
    C("credit.collection_fee", "share", 0.188, 0.0, 1.0, "Ernst and Young for ACA International (2014): agencies kept 10.4 of 55.2 billion USD collected in 2013, or 18.8 %", "Fee of collections on what they recover"),
)
# fmt: on

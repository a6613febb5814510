"""The mechanisms, one row each; each can be switched off, and those that few worlds have are off unless switched on.

Off at the start are those of worlds where firms sell on account, by hand, or are led.
"""

from sim.parameters.mechanism import Mechanism as M
from sim.parameters.mechanism import labels, off_at_the_start

# fmt: off
MECHANISM_ROWS: tuple[M, ...] = (
    M("needs_drift", "Goals drift", {"market.needs.drift": 0.25}),
    M("expectations", "Expectations move and disconfirmation counts", {"market.satisfaction.disconfirmation": 1.8, "market.satisfaction.expectation_use": 0.4}),
    M("loss_aversion", "Shortfalls weigh more than excesses", {"market.temper.loss_aversion": 2.9}),
    M("word_of_mouth", "Customers talk and listen", {"market.word_of_mouth.positive": 0.9, "market.word_of_mouth.negative": 0.9}),
    M("leavers_talk", "Customers who went to a rival keep talking about the former supplier", {"market.word_of_mouth.leaver_memory": 100.0}, starts_off=True),
    M("departures_told", "Who left a firm tells the neighbours so, which makes them look around", {"market.word_of_mouth.departure": 1.0, "market.word_of_mouth.departure_months": 24.0}),
    M("words_and_experience", "Words move what is believed of firms, the less the more own experience there is", {"market.word_of_mouth.own_experience": 100.0}),
    M("fading_experience", "Own experience of a firm fades once it is not used any more", {"market.satisfaction.half_life": 1.0}),
    M("tie_strength", "Words of close neighbours are more of a reason to look around", {"market.word_of_mouth.tie_spread": 2.0}),
    M("forgetting", "Firms that are neither used nor heard of are forgotten", {"market.word_of_mouth.forgetting": 0.4}),
    M("grievances", "Complaints that are not made good are a reason to look around", {"market.choice.consider_complaint": 0.5, "market.service.made_good": 0.1}),
    M("inertia", "Customers under contract differ for life in how readily they look around", {"market.choice.propensity_a": 5.0, "market.choice.propensity_b": 1.0}),
    M("survey_noise", "Answers to surveys are a noisy sign of satisfaction", {"market.survey.noise": 4.0}),
    M("advertising", "Marketing reaches people", {"market.marketing.contact_cost": 0.4, "market.marketing.targeting_cost": 3.0}),
    M("betrayal", "Existing customers notice newcomer offers", {"market.marketing.betrayal": 2.5, "market.marketing.notice": 0.9}),
    M("promises", "Marketing's promises raise expectations", {"market.marketing.promise_effect": 0.9, "firms.0.decisions.promise": 0.9}, idle=True),
    M("price_response", "Price counts in considering and choosing", {"market.economics.price_weight": 15.0, "market.choice.consider_price": 2.5}),
    M("promotions", "Discounts count in choosing by what they save, and their end is a reason to look around", {"market.choice.expected_stay": 1.0, "market.choice.discount_end": 3.0}, needs={"firms.0.decisions.newcomer_discount": 0.2}),
    M("price_demand", "People buy less, and enter less often, where prices are higher", {"market.economics.basket_elasticity": 3.0, "market.economics.frequency_elasticity": 3.0}),
    M("incidents", "Things go wrong and have to be served", {"market.economics.incident_rate": 1.0, "market.service.complaint_hours": 9.0}),
    M("failure_demand", "Misfit breeds incidents", {"market.service.failure_demand": 4.0}),
    M("handoffs", "Incidents travel between departments", {"market.service.handoff_need": 0.9}),
    M("queue", "Service hours are limited and work waits", {"market.service.giving_up": 0.9}),
    M("morale", "Pressure moves morale, quality and turnover", {"market.service.morale_drop": 0.1, "market.service.morale_knee": 0.6}),
    M("voice", "Disappointed customers complain", {"market.temper.voice": 1.0}),
    M("recovery", "Complaints can be made good", {"market.service.recovery": 1.0}),
    M("discount_demand", "Disappointed customers demand discounts", {"market.temper.boldness": 1.0}),
    M("cross_selling", "Customers take further categories", {"market.economics.cross_sell": 0.5}),
    M("purchase_response", "Basket and frequency answer satisfaction", {"market.economics.basket_response": 1.5, "market.economics.frequency_response": 2.0}),
    M("burning", "Badly treated leavers stay away", {"market.choice.burn_months": 2.0, "market.choice.burn_threshold": 0.9}),
    M("customisation", "Offers move towards the believed need", {"market.customisation.fixed_cost": 0.01, "market.customisation.fit_value": 1.0}),
    M("belief_learning", "Firms learn customers' needs", {"market.belief.base_signal": 0.5, "market.belief.paid_signal": 1.0}),
    M("specialisation", "Staff behind walls practises one speciality and becomes faster in it", {"market.service.specialisation": 0.5}),
    M("meetings", "Joining departments up takes hours of the service desk and of research", {"market.organisation.meeting_time": 0.4}),
    M("walls_hide", "High walls hide the facts of other departments", {"market.organisation.walls_hide": 0.0}),
    M("walls_by_pair", "Walls between single pairs of departments may differ from the common height", {"firms.0.organisation.walls.sales_service": 0.5}, starts_off=True, idle=True),
    M("facts", "Figures that other departments keep come late, with errors, and cost money to share", {"market.facts.customers_lag": 20.0, "market.facts.service_cost": 1.0}),
    M("own_books", "What a person spends is known from a firm's own books, or from bought data", {"market.belief.books": 60.0, "market.belief.wallet_error": 4.0}),
    M("market_research", "Each firm asks a sample of its own, at a price, and positions its lines by it", {"market.marketing.interview_cost": 1000.0, "firms.0.decisions.survey_size": 20.0}),
    M("departments_pay", "Pay by volume or by customer value bends each department's own decisions", {"firms.0.pay.service": 0.0, "firms.0.pay.marketing": 1.0}, starts_off=True, idle=True),
    M("owner", "Somebody owns the customer: customer management, as a function of its own or as a skill that departments share", {"firms.0.owner.present": 1.0, "firms.0.owner.salary": 5.0, "firms.0.owner.authority": 1.0}, starts_off=True, idle=True),
    M("organisation_form", "Firms may be divided by product line or by customer segment instead of by function", {"firms.0.organisation.form": 2.0, "firms.1.organisation.form": 1.0}, starts_off=True, idle=True),
    M("link_costs", "Keeping departments joined up costs money", {"market.organisation.link_cost": 3.0}),
    M("research", "Research raises quality, which otherwise ages", {"market.product.opportunity": 0.6, "market.product.frontier": 0.1}),
    M("own_lines", "Product lines have their own quality, experience, cost and part of the research", {"market.product.shared_learning": 0.1, "market.product.variety_cost": 0.8}, needs={"firms.0.decisions.lines": 3.0}),
    M("experience_curve", "Unit cost falls with volume", {"market.product.experience": 0.5}),
    M("hearing", "Leadership knows of dissatisfaction only what it hears, through layers", {"market.hearing.reach": 0.1, "firms.0.leadership.voice_gain": 2.0}, starts_off=True),
    M("leadership", "Leadership moves budgets and price each quarter by its own forecast, and cuts when targets are missed", {"firms.0.leadership.step": 0.4, "firms.0.leadership.horizon": 2.0}, starts_off=True),
    M("conduct", "Firms answer rivals and costs, or adapt by their own books, as `market.conduct` says", {"market.rivals.price_match": 0.95, "market.rivals.pass_through": 1.5, "market.rivals.promotion_match": 0.95}),
    M("sales_calls", "Further categories are sold in calls, by sales staff with limited hours", {"market.sales.acceptance": 1.0, "market.sales.call_hours": 0.05}, starts_off=True),
    M("invoices", "Bills are owed, paid late or not at all, reminded, held and written off (contract only)", {"market.credit.terms": 3, "market.temper.payment_reliability": 0.3}, starts_off=True),
    M("prevention", "Hours kept or left over at the desk prevent incidents and improve service", {"market.prevention.most": 1.0, "market.prevention.half": 0.01}, starts_off=True),
    M("root_causes", "Complaints heard in number make a firm mend causes of incidents, at a cost and late", {"market.causes.cost": 0.0, "market.causes.lag": 1}, starts_off=True),
    M("rising_expectations", "Expectations rise towards the best treatment by a rival that customers know of", {"market.satisfaction.expectation_trend": 0.05}, starts_off=True),
    M("choice_effort", "Many lines make choosing hard and mistakes likely", {"market.choice.effort": 3.0, "market.choice.confusion": 0.3}, starts_off=True),
    M("goals_research", "Firms may ask for goals instead of preferences, at a higher price of precision", {"firms.0.decisions.goals_research": 1.0, "market.belief.goals_time": 1.0}, starts_off=True, idle=True),
    M("selection", "Firms may decline customers by the margin that they expect of them", {"firms.0.decisions.decline_below": 0.3, "market.selection.term": 4, "market.selection.notice": 1}, starts_off=True, idle=True),
    M("outcome", "Supply, service and support help or hurt the customers' own business, which then buys more, or fails", {"market.outcome.failing": 0.5, "market.outcome.buying": 3.0, "market.outcome.felt": 1.0}, starts_off=True),
    M("process_design", "Processes may be designed for the least handling of a contact or for the least total work", {"market.process.care": 0.6, "market.process.repeats": 2.0}, starts_off=True),
    M("transformation", "Levers move a firm from one policy towards another by the share that its staff adopts", {"market.adoption.learning": 1.0, "firms.0.transformation.culture.speed": 1.0}, starts_off=True, needs={"firms.0.policy": "transforming", "firms.0.policy_settings.date": 2.0}),
    M("finance", "Firms pay interest on debt, are cut short by lenders, and are refinanced or exit when they owe too much", {"market.finance.debt_rate": 0.5, "market.finance.working_capital": 0.0}, starts_off=True, needs={"firms.0.money.cash": -50.0}),
    M("births_and_deaths", "People enter, leave the category and die", {"market.death": 0.1, "market.category_exit": 0.1, "market.refill": 0.9}),
)
# fmt: on

MECHANISMS = labels(MECHANISM_ROWS)
STARTS_OFF = off_at_the_start(MECHANISM_ROWS)

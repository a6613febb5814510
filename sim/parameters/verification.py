"""What was made of checking the sources of sourced values: each figure against its publication, by two readers."""

from collections.abc import Mapping

from sim.parameters.source_check import (
    BELIEVED,
    IN_REPORT,
    IN_SOURCE,
    MISSED,
    READ,
    RECALLED,
    SourceCheck,
)

CHECKED: Mapping[str, SourceCheck] = {  # by key as in `provenance.sourced_values`
    "default market.death": SourceCheck(
        READ,
        IN_SOURCE,
        "on the page of the statistical office; deaths only, while the row counts people who move away too",
    ),
    "default market.temper.voice": SourceCheck(
        BELIEVED, RECALLED, "not reached; problems other than price, of all kinds of goods"
    ),
    "default market.network.degree": SourceCheck(
        BELIEVED, IN_REPORT, "a copy of its text: 10.4 ties, neighbours not counted"
    ),
    "default market.service.wage": SourceCheck(
        READ, IN_REPORT, "in reprints of the release of March 2024; revised since"
    ),
    "default market.service.hours_per_head": SourceCheck(
        BELIEVED, RECALLED, "hours at work of all workers, part-time too; 131 is rounded to 130"
    ),
    "default market.service.turnover": SourceCheck(
        READ,
        IN_REPORT,
        "Personnel Today, on 2008; an average that large leavers raise, the median of that year is 13.8 %",
    ),
    "default market.product.frontier": SourceCheck(
        READ, IN_SOURCE, "in the abstract: 18, 26, 29 and 21 % for four industries; the row takes one of four"
    ),
    "default market.rivals.price_match": SourceCheck(BELIEVED, IN_SOURCE, "in the abstract"),
    "default market.rivals.pass_through": SourceCheck(BELIEVED, IN_SOURCE, "in the abstract"),
    "default market.discount_rate": SourceCheck(BELIEVED, RECALLED, "the abstract was read and does not give the rate"),
    "default market.credit.terms": SourceCheck(BELIEVED, IN_SOURCE, "in the summary of the law by the European Union"),
    "default market.service.made_good": SourceCheck(
        READ,
        IN_SOURCE,
        "on the page of the survey's university; of all complaints, not of those for which there was time",
    ),
    "default market.survey.promoter": SourceCheck(BELIEVED, IN_REPORT, "a summary of the article: nine or ten"),
    "default market.survey.detractor": SourceCheck(BELIEVED, IN_REPORT, "a summary of the article: six or below"),
    "default firms.*.leadership.impatience": SourceCheck(
        BELIEVED, RECALLED, "its beginning was read and does not give the mean; looked for twice"
    ),
    "default firms.*.owner.impatience": SourceCheck(
        BELIEVED, RECALLED, "the abstract was read and does not give the rate"
    ),
    "default market.temper.loss_aversion": SourceCheck(READ, IN_SOURCE, "in the abstract"),
    "default market.choice.habit_learning": SourceCheck(
        BELIEVED, RECALLED, "0.875 is the constant for brands; that for sizes is 0.812"
    ),
    "default market.service.senior_wage": SourceCheck(READ, IN_REPORT, "a trade journal's extract with both salaries"),
    "default market.organisation.overhead_by_size": SourceCheck(
        BELIEVED, IN_SOURCE, "in the abstract; those costs include selling, and rise over time within a firm"
    ),
    "default market.credit.collection_fee": SourceCheck(
        READ, IN_REPORT, "two trade journals give 55.2, 10.4 and 18.8 %"
    ),
    "default market.finance.debt_rate": SourceCheck(
        BELIEVED,
        RECALLED,
        "the mean of twelve monthly values known by heart; those of August and September, 6.02 and 6.16, were read",
    ),
    "default market.finance.issue_cost": SourceCheck(BELIEVED, IN_REPORT, "the table reprinted in a textbook: 7.11 %"),
    "b2b market.service.handoff_need": SourceCheck(
        READ,
        IN_SOURCE,
        "counted again: 0.58; 0.29 follows with the walls of the neutral plan; tickets of a desk for computers",
    ),
    "cdnow market.economics.rate_shape": SourceCheck(READ, IN_SOURCE, "fitted again: 0.26741"),
    "cdnow market.economics.dropout_a": SourceCheck(READ, IN_SOURCE, "fitted again: 0.65194"),
    "cdnow market.economics.dropout_b": SourceCheck(READ, IN_SOURCE, "fitted again: 2.10735"),
    "cdnow market.economics.spend": SourceCheck(BELIEVED, IN_SOURCE, "fitted again: 35.828"),
    "cdnow market.economics.spend_sigma": SourceCheck(BELIEVED, IN_SOURCE, "fitted again: 0.69261"),
    "grocery market.economics.spend_sigma": SourceCheck(READ, IN_SOURCE, "counted again: 0.6003"),
    "telecom market.death": SourceCheck(
        READ, IN_REPORT, "a reprint of the office's release: 939,500, or 11.3 per 1,000"
    ),
    "telecom market.service.hours_per_head": SourceCheck(READ, IN_REPORT, "a ranking of the figures of 2022"),
    "telecom market.service.turnover": SourceCheck(
        READ, IN_REPORT, "a trade journal's extract; all who leave, for whatever reason"
    ),
    "telecom market.service.recruit_time": SourceCheck(
        READ, MISSED, "the report is there, its page with 12.9 weeks was not reached"
    ),
    "commodity market.death": SourceCheck(
        READ, IN_REPORT, "the deaths on a page of answers, just over 616 thousand; the population is recalled"
    ),
    "commodity market.service.hours_per_head": SourceCheck(
        READ, IN_REPORT, "a table of the figures of 2021 of all members"
    ),
    "commodity market.service.turnover": SourceCheck(
        READ, IN_REPORT, "a trade journal's extract; all who leave, for whatever reason"
    ),
    "commodity market.service.recruit_time": SourceCheck(
        READ, MISSED, "the report is there, its page with 12.9 weeks was not reached"
    ),
    "commodity market.service.made_good": SourceCheck(
        READ, IN_REPORT, "a news item on the report: 32 %, up from 27 % in 2016"
    ),
    "banking market.death": SourceCheck(
        READ, IN_REPORT, "the deaths on a page of answers, just over 616 thousand; the population is recalled"
    ),
    "banking market.service.hours_per_head": SourceCheck(
        READ, IN_REPORT, "a table of the figures of 2021 of all members"
    ),
    "banking market.service.turnover": SourceCheck(READ, IN_SOURCE, "table 4 of the release of June 2024"),
    "banking market.selection.notice": SourceCheck(
        READ, IN_SOURCE, "paragraph 3, if agreed in the contract; customers themselves have 1 month at most"
    ),
    "grocery market.economics.purchase_rate": SourceCheck(READ, IN_SOURCE, "counted again: 5.260"),
    "grocery market.economics.rate_shape": SourceCheck(READ, IN_SOURCE, "counted again: 0.827"),
    "grocery market.service.hours_per_head": SourceCheck(
        READ, IN_REPORT, "a table of the figures of 2021 of all members"
    ),
    "grocery market.service.turnover": SourceCheck(READ, IN_SOURCE, "table 4 of the release of June 2024"),
    "cdnow market.death": SourceCheck(READ, IN_SOURCE, "in the abstract; the population is recalled"),
    "b2b market.service.hours_per_head": SourceCheck(READ, IN_REPORT, "a table of the figures of 2021 of all members"),
    "b2b market.service.turnover": SourceCheck(READ, IN_SOURCE, "table 4 of the release of June 2024"),
    "software market.service.hours_per_head": SourceCheck(
        READ, IN_REPORT, "a table of the figures of 2021 of all members"
    ),
    "software market.service.turnover": SourceCheck(READ, IN_SOURCE, "table 4 of the release of June 2024"),
    "software market.service.handoff_need": SourceCheck(
        READ, IN_SOURCE, "counted again: 0.58; 0.29 follows with the walls of the neutral plan"
    ),
    "default market.economics.dropout_b": SourceCheck(READ, IN_SOURCE, "fitted again to the sample: 2.4258"),
    "default market.choice.lapse": SourceCheck(READ, IN_SOURCE, "in the glossary of that report; a firm's definition"),
    "default market.service.rework": SourceCheck(
        READ, IN_SOURCE, "counted again: 317 of 5,520; a ticket counts once, and the desk serves computers"
    ),
    "default market.service.recruit_time": SourceCheck(
        READ, IN_REPORT, "three trade journals; 23 weeks in retail, 24 in small firms; professionals, not desks"
    ),
    "default market.product.own_value": SourceCheck(
        READ, IN_SOURCE, "in the abstract; of output, profit with it, while the row is a part of cost"
    ),
    "default market.credit.reminder_effect": SourceCheck(
        READ, IN_REPORT, "all five percentages; the best of four texts, after the plain one 23 % paid; fines, not bills"
    ),
    "default market.survey.noise": SourceCheck(
        READ,
        IN_SOURCE,
        "fitted again: 1.517 of 2.218 points; an item from 1 to 10, and an upper bound of the noise in it",
    ),
    "default market.organisation.report_months": SourceCheck(
        READ, IN_SOURCE, "the rule; its year is recalled; reports to the public, which departments read too"
    ),
    "default market.finance.cash_rate": SourceCheck(
        READ, IN_SOURCE, "the release, as a central bank reprints it; 0.44 % in April 2023, 0.01 % in December 2019"
    ),
    "default market.finance.multiple": SourceCheck(
        READ,
        IN_REPORT,
        "an association of investors on the next quarter: from 7.8 to 8.6; about 6 in 2012, 11.6 in 2021",
    ),
    "default firms.*.transformation.technology.speed": SourceCheck(
        READ, IN_REPORT, "quoted with 63 companies, 8 and 31 months; its year is recalled; 0.0435, or 25 months at 0.04"
    ),
    "telecom market.service.wage": SourceCheck(
        READ, IN_REPORT, "news on the release: 35.00 EUR; of all staff, not of a desk; services alone 32.40"
    ),
    "telecom market.service.staffing_time": SourceCheck(
        READ, IN_REPORT, "quoted with its month: 122 days; hiring only, and skilled staff only"
    ),
    "telecom market.economics.entry_elasticity": SourceCheck(
        BELIEVED,
        RECALLED,
        "a digest with the 30 markets was read and does not give it; of subscribers, then a few per cent of people",
    ),
    "b2b market.death": SourceCheck(
        READ,
        IN_REPORT,
        "61 in a newspaper; of the other only 19,552 insolvencies were read; most have five employees or fewer",
    ),
    "b2b market.credit.terms": SourceCheck(BELIEVED, RECALLED, "the abstract was read and does not give it"),
    "b2b market.sales.meeting_hours": SourceCheck(
        READ, IN_REPORT, "three a week of one hour each; all kinds of meetings"
    ),
    "banking market.service.wage": SourceCheck(
        READ, IN_REPORT, "news on the release: 31.8 EUR; revised since; the kingdom itself is not in it"
    ),
    "banking market.category_exit": SourceCheck(
        READ,
        IN_SOURCE,
        "on the page of the office: 345,000; the population is recalled; some who leave keep the account",
    ),
    "banking market.discount_rate": SourceCheck(
        READ, IN_SOURCE, "the article, which quotes somebody who knows the central bank; of equity, not of all capital"
    ),
    "software market.economics.fixed_share": SourceCheck(
        BELIEVED, RECALLED, "12.87 billion in all was read; with 507 and 735 for the rest the parts add up; 90.3 %"
    ),
    "software market.sales.meeting_hours": SourceCheck(
        READ, IN_REPORT, "three a week of one hour each; all kinds of meetings"
    ),
    "cdnow market.finance.issue_cost": SourceCheck(
        READ, IN_SOURCE, "in the abstract and the first page; first issues of shares only"
    ),
    "cdnow market.choice.lapse": SourceCheck(
        BELIEVED, RECALLED, "the release was read without its notes, where the definition stands"
    ),
    "cdnow market.discount_rate": SourceCheck(
        BELIEVED,
        RECALLED,
        "not reached; 12.9 % for equity and 8 % for 1.2 % of debt make 12.84; three years after the log",
    ),
    "grocery market.finance.covenant": SourceCheck(
        BELIEVED, RECALLED, "the page after it was read, which has the other ratio of that credit; of net debt"
    ),
    "telecom market.finance.debt_rate": SourceCheck(
        READ,
        IN_SOURCE,
        "the final terms of the notes due 2019; one firm, for ten years; for five years it paid 4.875 %",
    ),
    "commodity market.finance.debt_rate": SourceCheck(
        READ, IN_REPORT, "a listing of the bond, 850 million GBP; one firm, for twelve years"
    ),
    "software market.finance.covenant": SourceCheck(
        READ, IN_SOURCE, "the notes of the report; one firm, and 4.00 for a year after it bought another"
    ),
    "b2b market.finance.covenant": SourceCheck(
        READ, IN_REPORT, "two summaries of the report; one distributor; of net debt"
    ),
}

WITHDRAWN: Mapping[str, str] = {  # values that the second reader found no source to say, and why
    "default market.choice.expected_stay": "the law limits how long a contract binds, not how far customers reckon",
    "default market.selection.term": "the law is on electronic communications, which no world that uses it sells",
    "default market.service.specialisation": "the ratios are of factories; the one study of a service says far less",
    "banking market.choice.expected_stay": "57 % have stayed longer, which is no figure of how far customers reckon",
    "grocery market.economics.spend": "29.49 USD is neither 30 nor EUR",
}

"""What was made of checking the sources of sourced values: each figure against its publication."""

from collections.abc import Mapping

READ = "read"  # the figure was read again, in the publication, a report of it, or the data
BELIEVED = "believed"  # the publication is known to say so, and was not read again
UNCHECKED = "not checked"  # nobody but the author of the row has looked

CHECKED: Mapping[str, str] = {  # by key as in `provenance.sourced_values`
    "default market.death": READ,
    "default market.temper.voice": BELIEVED,
    "default market.choice.expected_stay": BELIEVED,
    "default market.network.degree": BELIEVED,
    "default market.service.wage": READ,
    "default market.service.hours_per_head": BELIEVED,
    "default market.service.turnover": READ,
    "default market.product.frontier": READ,
    "default market.rivals.price_match": BELIEVED,
    "default market.rivals.pass_through": BELIEVED,
    "default market.rivals.step_growth": BELIEVED,
    "default market.rivals.step_cut": BELIEVED,
    "default market.discount_rate": BELIEVED,
    "default market.credit.terms": BELIEVED,
    "default market.selection.term": BELIEVED,
    "default market.service.made_good": READ,
    "default market.survey.promoter": BELIEVED,
    "default market.survey.detractor": BELIEVED,
    "default firms.*.leadership.impatience": BELIEVED,
    "default firms.*.owner.impatience": BELIEVED,
    "b2b market.service.handoff_need": READ,
    "cdnow market.economics.rate_shape": READ,
    "cdnow market.economics.dropout_a": READ,
    "cdnow market.economics.dropout_b": READ,
    "cdnow market.economics.spend": BELIEVED,
    "cdnow market.economics.spend_sigma": BELIEVED,
    "grocery market.economics.spend": READ,
    "grocery market.economics.spend_sigma": READ,
}

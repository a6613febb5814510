"""The numbers that customers' rules read, with switched-off mechanisms set to their neutral value."""

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.parameters.mechanism import neutral_numbers
from sim.parameters.table import MARKET, MECHANISMS

# A mechanism of the customers is off when these numbers take these values; those of firms: see `sim.organisation`.
NEUTRAL = neutral_numbers(MARKET, MECHANISMS)


class CustomerParameters(NamedTuple):
    """How customers are in this world; a field is the key path of `sim.parameters.MARKET` with underscores."""

    death: float
    category_exit: float
    refill: float
    needs_spread: float
    needs_spread_between: float
    needs_segments: float
    needs_weight_spread: float
    needs_drift: float
    needs_distortion: float
    needs_tolerance: float
    economics_purchase_rate: float
    economics_rate_shape: float
    economics_spend: float
    economics_spend_sigma: float
    economics_fixed_share: float
    economics_price_weight: float
    economics_price_sigma: float
    economics_incident_rate: float
    economics_incident_shape: float
    economics_categories: float
    economics_category_value: float
    economics_cross_sell: float
    economics_category_need: float
    economics_basket_response: float
    economics_frequency_response: float
    economics_dropout_a: float
    economics_dropout_b: float
    economics_dropout_response: float
    temper_loss_aversion: float
    temper_voice: float
    temper_tolerance: float
    temper_voice_scale: float
    temper_talk: float
    temper_susceptibility: float
    temper_boldness: float
    temper_spread: float
    satisfaction_quality_weight: float
    satisfaction_level: float
    satisfaction_noise: float
    satisfaction_learning_use: float
    satisfaction_learning_purchase: float
    satisfaction_learning_incident: float
    satisfaction_disconfirmation: float
    satisfaction_expectation_use: float
    satisfaction_expectation_incident: float
    satisfaction_expectation_trend: float
    satisfaction_neutral: float
    satisfaction_start: float
    hearing_reach: float
    choice_consider: float
    choice_consider_slope: float
    choice_consider_ticket: float
    choice_consider_contact: float
    choice_consider_price: float
    choice_consider_word: float
    choice_entry: float
    choice_trial: float
    choice_switching_cost: float
    choice_experience_weight: float
    choice_fit_weight: float
    choice_contact_weight: float
    choice_promotion_weight: float
    choice_taste: float
    choice_outside: float
    choice_effort: float
    choice_confusion: float
    choice_habit_weight: float
    choice_habit_learning: float
    choice_main_lead: float
    choice_lapse: float
    choice_burn_threshold: float
    choice_burn_months: float
    word_of_mouth_positive: float
    word_of_mouth_negative: float
    word_of_mouth_former: float
    word_of_mouth_leaver_memory: float
    word_of_mouth_weight: float
    word_of_mouth_fading: float
    word_of_mouth_awareness: float
    network_homophily: float
    marketing_notice: float
    marketing_betrayal: float
    marketing_promise_effect: float
    service_hours: float
    service_handoff_need: float
    service_handoff_hours: float
    service_specialisation: float
    service_forgetting: float
    service_complexity: float
    service_quality_effect: float
    service_failure_demand: float
    service_base: float
    service_wait_effect: float
    service_handoff_effect: float
    service_told_again_effect: float
    service_rework_handoff: float
    service_rework_effect: float
    service_senior_effect: float
    service_giving_up: float
    service_recovery: float
    service_discount_months: float
    sales_call_hours: float
    sales_acceptance: float
    sales_unneeded_appeal: float
    sales_pressure: float
    sales_tiring: float
    sales_fatigue_time: float
    sales_fatigue_level: float
    sales_anger: float
    sales_giving_up: float
    sales_return_share: float
    sales_refund_months: float
    temper_payment_reliability: float
    temper_payment_spread: float
    credit_terms: float
    credit_reminder_effect: float
    credit_hold_effect: float
    credit_laxity: float
    credit_restoring: float
    credit_ledger_error: float
    credit_error_lasting: float
    credit_posting_delay: float
    credit_override: float
    credit_write_off: float
    credit_recovery: float
    credit_collection_fee: float
    selection_term: float
    selection_notice: float
    selection_memory: float
    selection_resentment: float
    outcome_pace: float
    outcome_spread: float
    outcome_usual_fit: float
    outcome_fit_effect: float
    outcome_trouble: float
    outcome_help: float
    outcome_blind: float
    outcome_buying: float
    outcome_felt: float
    outcome_failing: float
    customisation_fixed_cost: float
    customisation_distance_cost: float
    customisation_fit_value: float
    belief_confidence: float
    belief_value_error: float
    contract: bool

    def __hash__(self) -> int:
        """Of some of the numbers: it is asked for in every month, and few worlds share these."""
        return hash(self[:12])


PARAMETERS = np.dtype([(name, np.float64) for name in CustomerParameters._fields])


@lru_cache(maxsize=16)
def parameter_rows(parameters: CustomerParameters) -> NDArray[np.void]:
    """The same numbers as the single row of an array, the form that compiled loops take; read only."""
    rows = np.array([tuple(map(float, parameters))], PARAMETERS)
    rows.flags.writeable = False
    return rows


def parameters_of(market: Mapping[str, float], mechanisms: Mapping[str, bool], contract: bool) -> CustomerParameters:
    """The numbers of one world, with the mechanisms that are off made neutral.

    Args:
        market: Every number of the market by key path.
        mechanisms: Which mechanisms are on.
        contract: True for one supplier at a time, False for a repertoire.
    """
    values = {key.replace(".", "_"): value for key, value in market.items()}
    for mechanism, neutral in NEUTRAL.items():
        if not mechanisms[mechanism]:
            values.update(neutral)
    return CustomerParameters(
        contract=contract, **{name: float(values[name]) for name in CustomerParameters._fields if name != "contract"}
    )


@lru_cache(maxsize=64)
def spread_of_log_gamma(shape: float) -> float:
    """Standard deviation of the log of a gamma number.

    >>> round(spread_of_log_gamma(1.0), 4)  # pi / sqrt(6)
    1.2825
    """
    return math.sqrt(special.polygamma(1, shape))

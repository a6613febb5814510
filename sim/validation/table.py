"""The table of the validation: every row, and what the model cannot reach."""

from collections.abc import Sequence

from sim.parameters import BadInput
from sim.parameters.checking import nearest
from sim.validation import (
    limits_buying,
    limits_choice,
    limits_diffusion,
    limits_experience,
    limits_market,
    limits_retention,
    limits_service,
    limits_value,
    patterns_brands,
    patterns_experience,
    patterns_loyalty,
    patterns_organisation,
    patterns_problems,
    patterns_survival,
    patterns_value,
    patterns_words,
)
from sim.validation.row import Entry
from sim.validation.unreached import UNREACHED_TARGETS

ROWS: tuple[Entry, ...] = (
    *limits_retention.LIMITS_RETENTION_ROWS,
    *limits_choice.LIMITS_CHOICE_ROWS,
    *limits_diffusion.LIMITS_DIFFUSION_ROWS,
    *limits_service.LIMITS_SERVICE_ROWS,
    *limits_value.LIMITS_VALUE_ROWS,
    *limits_buying.LIMITS_BUYING_ROWS,
    *limits_experience.LIMITS_EXPERIENCE_ROWS,
    *limits_market.LIMITS_MARKET_ROWS,
    *patterns_survival.PATTERNS_SURVIVAL_ROWS,
    *patterns_experience.PATTERNS_EXPERIENCE_ROWS,
    *patterns_problems.PATTERNS_PROBLEMS_ROWS,
    *patterns_loyalty.PATTERNS_LOYALTY_ROWS,
    *patterns_value.PATTERNS_VALUE_ROWS,
    *patterns_words.PATTERNS_WORDS_ROWS,
    *patterns_organisation.PATTERNS_ORGANISATION_ROWS,
    *patterns_brands.PATTERNS_BRANDS_ROWS,
)
BY_ID = {row.id: row for row in ROWS}


def rows_asked(ids: Sequence[str], quick: bool) -> list[Entry]:
    """The rows of these identifiers, or all; with ``quick`` and none asked for, those of the quick run.

    Raises:
        BadInput: There is no such row, or the model cannot show it.
    """
    reasons = {row.id: row.reason for row in UNREACHED_TARGETS}
    for name in ids:
        if name in reasons:
            raise BadInput(f"row {name!r} cannot be shown by this model: {reasons[name]}.")
        if name not in BY_ID:
            raise BadInput(f"row {name!r} is not known.{nearest(name, BY_ID)} Known: {', '.join(BY_ID)}")
    chosen = [BY_ID[name] for name in dict.fromkeys(ids)]
    return chosen or [row for row in ROWS if row.is_quick or not quick]

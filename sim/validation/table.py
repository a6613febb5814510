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
    patterns_brands,
    patterns_loyalty,
    patterns_organisation,
    patterns_value,
    patterns_words,
)
from sim.validation.row import Row

ROWS: tuple[Row, ...] = (
    *limits_retention.ROWS,
    *limits_choice.ROWS,
    *limits_diffusion.ROWS,
    *limits_service.ROWS,
    *limits_buying.ROWS,
    *limits_experience.ROWS,
    *limits_market.ROWS,
    *patterns_loyalty.ROWS,
    *patterns_value.ROWS,
    *patterns_words.ROWS,
    *patterns_organisation.ROWS,
    *patterns_brands.ROWS,
)
BY_ID = {row.id: row for row in ROWS}


def rows_asked(ids: Sequence[str], quick: bool) -> list[Row]:
    """The rows of these identifiers, or all; with ``quick`` and none asked for, those of the quick run.

    Raises:
        BadInput: There is no such row.
    """
    for name in ids:
        if name not in BY_ID:
            raise BadInput(f"row {name!r} is not known.{nearest(name, BY_ID)} Known: {', '.join(BY_ID)}")
    return [BY_ID[name] for name in ids] if ids else [row for row in ROWS if row.is_quick or not quick]

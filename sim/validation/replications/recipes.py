"""Recipes by name."""

from collections.abc import Mapping

from sim.validation.replications.bad_words import BAD_WORDS_RECIPE
from sim.validation.replications.bass import BASS_RECIPE
from sim.validation.replications.lifetimes import LIFETIMES_RECIPE
from sim.validation.replications.lost_customers import LOST_CUSTOMERS_RECIPE
from sim.validation.replications.poaching import POACHING_RECIPE
from sim.validation.replications.repeat_buying import REPEAT_BUYING_RECIPE
from sim.validation.replications.setup import Recipe
from sim.validation.replications.strong_ties import STRONG_TIES_RECIPE

RECIPES: Mapping[str, Recipe] = {
    "bass": BASS_RECIPE,
    "strong_ties": STRONG_TIES_RECIPE,
    "bad_words": BAD_WORDS_RECIPE,
    "lost_customers": LOST_CUSTOMERS_RECIPE,
    "lifetimes": LIFETIMES_RECIPE,
    "repeat_buying": REPEAT_BUYING_RECIPE,
    "poaching": POACHING_RECIPE,
}

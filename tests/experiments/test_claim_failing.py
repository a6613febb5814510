"""Where a claim fails: one sentence in words, by a side of a drawn factor, in English and German."""

import math
import re

import numpy as np
import pandas as pd
import pytest

from sim.experiments.claims.claim import Claim
from sim.experiments.claims.designs import load_bank
from sim.experiments.claims.failing import FAILING_COLUMNS, fails_briefly, fails_where, where_it_fails
from sim.experiments.claims.failing_words import ClaimWords, claim_texts
from sim.experiments.claims.readings import AGAINST, CLAIMED, EQUIVALENT, INCONCLUSIVE, REFUTED, SUPPORTED
from sim.experiments.claims.shipped import entry_names, load_entry
from sim.experiments.claims.verdicts import drivers_of_reach
from sim.files.language_texts import LANGUAGES
from sim.parameters import BadInput

RNG = np.random.default_rng(1)
WORLDS = range(40)


def failing(effects, drawn, by_world=None):
    """Columns on failing of a claim with these effects, smallest effect 0, over these draws."""
    rows = [
        {"measure": "m", "world": f"w{k}", "effect": effect, "gain": effect, "smallest": 1.0,
         "sign": CLAIMED if effect > 1.0 else AGAINST}
        for k, effect in enumerate(effects)
    ]  # fmt: skip
    numbers = {f"w{k}": draws for k, draws in enumerate(drawn)}
    drivers = drivers_of_reach(rows, numbers)
    row = where_it_fails(by_world or {"telecom": SUPPORTED}, [row | numbers[row["world"]] for row in rows], drivers)
    return row | {"reach_worlds": len(effects)}


def rising():
    """A claim that holds where unit cost is high, beside a factor that does nothing."""
    drawn = [{"unit_cost": 0.4 + k / 100, "talk": float((7 * k) % 40)} for k in WORLDS]
    return failing([k / 10 - 1.0 for k in WORLDS], drawn)


def test_worlds_are_divided_at_the_median_of_the_factor():
    row = rising()
    assert (row["weakest_factor"], row["weakest_side"]) == ("unit_cost", "below")
    assert row["weakest_at"] == pytest.approx(np.median([0.4 + k / 100 for k in WORLDS]), abs=0.01)


def test_the_counts_of_both_sides_add_up_to_the_claims_reach():
    row = rising()
    there = [k for k in WORLDS if 0.4 + k / 100 <= row["weakest_at"]]
    assert row["weakest_worlds"] == len(there)
    assert row["weakest_held"] == sum(k / 10 - 1.0 > 1.0 for k in there)
    assert row["held"] == sum(k / 10 - 1.0 > 1.0 for k in WORLDS)


def test_the_sentence_has_the_number_with_its_unit():
    assert re.search(
        r"where unit cost is at most \d\d % of the price and in \d+ of the other \d+\.$", fails_where(rising())
    )


def test_a_claim_that_fails_with_a_switch_names_its_state():
    drawn = [{"lenders": k % 2 == 0, "talk": float((7 * k) % 40)} for k in WORLDS]
    row = failing([-1.0 if k % 2 == 0 else 3.0 for k in WORLDS], drawn)
    assert "in 0 of the 20 where lenders limit what a firm may owe and in 20 of the other 20" in fails_where(row)


def test_chance_is_not_named():
    drawn = [{f"f{j}": float(RNG.random()) for j in range(30)} for _ in range(20)]
    row = failing(list(RNG.normal(0.0, 3.0, 20)), drawn)
    assert row["weakest_factor"] == "" and "no sampled number alone" in fails_where(row)


def test_a_claim_that_holds_everywhere_blames_nothing():
    text = fails_where(failing([2.0] * 40, [{"talk": float(k)} for k in WORLDS]))
    assert text == "It holds in every base world; it holds in 40 of 40 sampled worlds."


def test_base_worlds_stand_by_what_they_said():
    by_world = {"telecom": REFUTED, "b2b": EQUIVALENT, "software": INCONCLUSIVE, "banking": REFUTED}
    text = fails_where(failing([-2.0] * 40, [{"talk": float(k)} for k in WORLDS], by_world))
    assert text.startswith(
        "It comes out the other way in telecom and banking, makes no difference that matters in b2b "
        "and is not clear in software; it holds in none of 40"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("say", [fails_where, fails_briefly])
def test_a_sentence_has_no_name_of_code_and_no_hole(say, language):
    text = say(rising(), language)
    assert not re.search(r"_|nan|\{|  ", text) and text.endswith(".")


def test_german_has_a_decimal_comma():
    row = rising() | {"weakest_factor": "talk", "weakest_at": 1.5}
    assert "mehr als das 1,5-Fache" in fails_where(row | {"weakest_side": "above"}, "de")


def test_a_row_of_an_earlier_version_keeps_its_sentence():
    assert fails_where({"fails_where": "It fails here."}, "de") == "It fails here."


def test_a_row_read_from_a_file_gives_the_same_sentence(tmp_path):
    row = rising()
    pd.DataFrame([row]).to_csv(tmp_path / "verdicts.csv", index=False)
    read = pd.read_csv(tmp_path / "verdicts.csv").to_dict("records")[0]
    assert set(FAILING_COLUMNS) <= set(read) and fails_where(read) == fails_where(row)


def factors_of_claims():
    """Factors of the bank and of claims of their own that have an order, with what they take."""
    claims = [entry.claim() for name in entry_names() if not (entry := load_entry(name)).is_question]
    own = [factor for claim in claims if isinstance(claim, Claim) for factor in claim.ranges]
    points = load_bank().points[:9]
    drawn = {name: [point.labels[name] for point in points] for name in points[0].labels}
    named = {name for name, values in drawn.items() if isinstance(values[0], str)}
    switches = {name for name, values in drawn.items() if isinstance(values[0], bool)}
    return sorted(drawn.keys() - named) + own, switches


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_factor_of_the_bank_has_a_text_of_its_own(language):
    factors, switches = factors_of_claims()
    texts = claim_texts(language)["factors"]
    assert set(factors) <= set(texts)
    assert {name for name, text in texts.items() if isinstance(text, dict)} == switches


def test_both_languages_have_the_same_texts():
    english, german = map(claim_texts, LANGUAGES)
    assert english.keys() == german.keys()
    assert all(english[key].keys() == german[key].keys() for key in english if isinstance(english[key], dict))


def test_a_factor_without_a_text_goes_by_the_meaning_of_its_parameter():
    text = ClaimWords().side_of("handoff_premium", "above", 2.0)
    assert text == "handoff premium is more than 2"


def test_another_language_is_refused_by_name():
    with pytest.raises(BadInput, match="'fr' is not known"):
        claim_texts("fr")


def test_a_count_that_is_missing_is_none():
    assert fails_where(rising() | {"reach_worlds": math.nan}) == "It holds in every base world."

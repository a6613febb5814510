"""What documents say: titles, numbers, languages, money, grades of sources and registrations."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from sim.charts.names import MEANINGS
from sim.charts.theme import LOSS
from sim.experiments.claims.readings import VERDICTS
from sim.files.language_texts import LANGUAGES
from sim.parameters import BadInput
from sim.parameters.decisions import DECISION_ROWS
from sim.reports.document import belief
from sim.reports.document.claim_questions import title_of_largest
from sim.reports.document.context import Context
from sim.reports.document.exchange import exchange_of
from sim.reports.document.feed import feed_of, pages_of
from sim.reports.document.folder import document_of
from sim.reports.document.frames import in_units
from sim.reports.document.heat_map import draw_heat
from sim.reports.document.model import HEADLINE, SENSITIVITY
from sim.reports.document.pairs import LONGEST_TITLE, Pair, front_pairs, size_of_pair, title_of_pair
from sim.reports.document.slides import refuse_lone_headline
from sim.reports.document.waterfall import waterfall_series
from sim.reports.document.words import SPACE, DocumentWords, texts_of
from tests.support import made_up_claims, made_up_results
from tests.support.numbers_in_texts import lacking
from tests.support.sweeps import here, tiny

KINDS = ("comparison", "evidence", "claims")
COMPARING = {
    "en": r"\b(higher|lower|worth .*more|worth .*less|better|worse)\b",
    "de": r"\b(höher|niedriger|mehr wert|weniger wert)\b",
}  # fmt: skip


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    place = tmp_path_factory.mktemp("documents")
    made_up_results.comparison().write(place / "comparison")
    made_up_results.evidence().write(place / "evidence")
    made_up_claims.write(place / "claims")
    return place


@pytest.fixture(scope="module")
def documents(folders):
    """Documents by kind and language, each made once."""
    return {
        (kind, language): document_of(folders / kind, DocumentWords(language))
        for kind in KINDS
        for language in LANGUAGES
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_number_of_a_sentence_is_in_a_table(documents, kind, language):
    assert lacking(documents[kind, language], DocumentWords(language).marks()[0]) == []


def test_the_test_of_numbers_can_fail(documents):
    document = documents["comparison", "en"]
    changed = replace(document, front=((("x"), ("It is worth EUR 98.7 m.",)),))
    assert [number for number, _ in lacking(changed, ".")] == [98.7e6]


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_page_answers_in_five_parts(documents, kind):
    document = documents[kind, "en"]
    assert [label for label, _ in document.front] == ["Answer", "Size", "Sure or not", "Where it fails", "So what"]
    assert all(sentences for _, sentences in document.front)


@pytest.mark.parametrize("kind", KINDS)
def test_a_headline_is_followed_by_its_sensitivity(documents, kind):
    exhibits = documents[kind, "en"].exhibits
    assert exhibits[0].role == HEADLINE and exhibits[1].role == SENSITIVITY


def test_a_headline_alone_is_refused(documents):
    document = documents["comparison", "en"]
    with pytest.raises(BadInput, match="has no sensitivity slide after it"):
        refuse_lone_headline(replace(document, exhibits=document.exhibits[:1]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_titles_are_short(documents, kind, language):
    titles = [exhibit.title for exhibit in documents[kind, language].exhibits]
    assert [title for title in titles if len(title) > LONGEST_TITLE] == []


@pytest.mark.parametrize(("bound", "first"), [("not decided: search bound (price of c)", "b"), ("higher", "c")])
def test_what_is_decided_comes_first_where_the_headline_is_not(bound, first):
    """The headline is about the last policy; a bound of its search leaves the other pair."""
    decided = Pair("b", "a", 10.0, 9.0, 11.0, 2, 2, "higher", 4.0)
    pairs = [
        decided,
        replace(decided, policy="c", verdict=bound),
        replace(decided, policy="c", against="b", verdict=bound),
    ]
    assert front_pairs(pairs, ["a", "b", "c"])[0].policy == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_differs_no_title_compares(tmp_path, language):
    same = made_up_results.comparison()
    runs = same.runs.assign(value=same.runs.groupby(["measure", "year", "replicate"])["value"].transform("mean"))
    zero = dict.fromkeys(("mean", "low", "high"), 0.0)
    gaps = made_up_results.gaps(runs, made_up_results.THREE)
    replace(same, runs=runs, gaps=gaps, bridge=same.bridge.assign(**zero)).write(tmp_path / "null")
    document = document_of(tmp_path / "null", DocumentWords(language))
    texts = [exhibit.title for exhibit in document.exhibits] + list(document.front[0][1])
    assert [text for text in texts if re.search(COMPARING[language], text)] == []


def test_a_reversed_world_reverses_answer_and_title(tmp_path):
    for name, effect in (("up", 0.5), ("down", -0.5)):
        made_up_results.comparison(effect).write(tmp_path / name)
    up, down = (document_of(tmp_path / name, DocumentWords()) for name in ("up", "down"))
    assert "worth more" in up.front[0][1][0] and "worth less" in down.front[0][1][0]
    assert "more than" in up.exhibits[0].title and "less than" in down.exhibits[0].title


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_languages_have_the_same_keys_and_parts(language):
    english, other = texts_of("en"), texts_of(language)
    assert set(english) == set(other)
    parts = {key: set(re.findall(r"\{(\w+)", english[key])) for key in english}
    assert [key for key in english if parts[key] != set(re.findall(r"\{(\w+)", other[key]))] == []


def test_every_key_named_in_the_code_is_in_the_locale_file():
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path(belief.__file__).parent.glob("*.py")))
    named = set(re.findall(r'\bwords\("([\w.]+)"', code))
    assert sorted(named - set(texts_of("en"))) == []


def test_a_german_document_has_no_english_words(documents):
    document = documents["comparison", "de"]
    texts = " ".join(document.texts())
    assert not re.search(r"\b(the|and|of|is|are|with|than)\b", texts)


SPOKEN = ("decision", "unit", "measure", "verdict", "path", "factor", "x_path", "y_path", "adopters", "grade", "move")


def english_words():
    """Names of decisions, meanings of settings, units and verdicts as the tables have them."""
    decisions = {name for row in DECISION_ROWS.values() for name in (row.label, row.label.lower())}
    meanings = {text for texts in MEANINGS.values() for text in texts.values()}
    units, same = {"share", "people", "count", "none", "share/year"}, {"marketing", "Marketing", "Service"}
    return (decisions | set(DECISION_ROWS) | meanings | set(VERDICTS) | units) - same


@pytest.mark.parametrize("kind", KINDS)
def test_a_german_document_names_decisions_settings_units_and_verdicts_in_german(documents, kind):
    cells = {
        str(cell)
        for table in documents[kind, "de"].tables()
        for key in SPOKEN if key in table.keys
        for cell in table.values(key) if table.name not in ("numbers", "dictionary")
    }  # fmt: skip
    assert cells & english_words() == set()


def test_a_bound_of_a_search_names_its_decisions_in_the_language():
    bound = Pair("osfa", "product_centric", 1.0, 0.5, 1.5, 4, 4, "not decided: search bound (utilisation of osfa)", 9.0)
    context = Context(DocumentWords("de"), exchange_of(None, "EUR"))
    assert "Auslastung des Service von Eines für alle" in size_of_pair(context, bound)


def test_every_amount_of_a_row_is_converted_whatever_its_unit_says_besides():
    units = ["EUR", "EUR per customer and year", "EUR/month", "share"]
    frame = pd.DataFrame({"mean": [2.0] * 4, "difference_low": [2.0] * 4, "npv": [2.0] * 4, "unit": units})
    moved = in_units(frame, exchange_of("USD=1.5", "EUR"))
    assert [moved[key].tolist() for key in ("mean", "difference_low", "npv")] == [[3.0, 3.0, 3.0, 2.0]] * 3
    assert moved["unit"].tolist() == ["USD", "USD per customer and year", "USD/month", "share"]


def test_amounts_without_a_unit_are_converted_too(folders):
    plain, moved = (document_of(folders / "claims", DocumentWords(), currency) for currency in (None, "USD=2"))
    names = [exhibit.name for exhibit in plain.exhibits]
    for name, key in (("phase__1", "difference"), ("wall_heights", "mean")):
        before, after = (document.exhibits[names.index(name)].table.values(key) for document in (plain, moved))
        assert after == [2.0 * value for value in before]


def test_slides_of_one_exhibit_share_one_scale(documents):
    exhibit = next(one for one in documents["claims", "en"].exhibits if one.name == "reach")
    rows = [("a", share, share, share, 9, "") for share in (0.9, 0.8, 0.05, 0.01)]
    many = replace(exhibit, table=replace(exhibit.table, rows=tuple(row for row in rows for _ in range(8))))
    pages = pages_of(many)
    assert len(pages) == 2 and feed_of(pages[0]).marks(zero=True) == feed_of(pages[1]).marks(zero=True)


def index_title(*ends):
    frame = pd.DataFrame([(f"f{place}", sum(pair) / 2, *pair) for place, pair in enumerate(ends)],
                         columns=["factor", "total", "low", "high"])  # fmt: skip
    return title_of_largest("sobol", frame, ("factor", "total", "low", "high"), DocumentWords(), "60 months")


def test_a_title_names_the_largest_index_only_where_its_interval_lies_beyond_the_others():
    assert "has the largest total index over 60 months" in index_title((0.5, 0.9), (0.1, 0.4))
    assert index_title((0.01, 0.9), (-0.1, 0.7)).startswith(
        "1 of 2 total indices over 60 months are clearly above zero"
    )


def test_a_heat_map_says_by_name_and_colour_who_is_ahead(documents):
    exhibit = next(one for one in documents["claims", "en"].exhibits if one.name.startswith("phase"))
    assert exhibit.form.reading == "winner" and set(exhibit.form.looks) == set(exhibit.table.values("winner")) - {""}
    assert all(f">{name}<" in draw_heat(exhibit, feed_of(exhibit), DocumentWords()) for name in exhibit.form.looks)


def test_both_ends_of_an_interval_stand_in_one_size():
    assert DocumentWords().brackets(-595.0, 194_000.0, "money").replace(SPACE, " ") == "[−0.595 k, 194 k]"


def test_steps_of_a_price_are_losses_where_they_rise(documents):
    exhibit = next(one for one in documents["claims", "en"].exhibits if one.name == "silos")
    assert exhibit.form.looks["gain"][0] == LOSS and exhibit.title.startswith("Full walls cost money")
    assert [series.look[0] for series in waterfall_series(exhibit).series if series.name == "gain"] == [LOSS]


def test_bars_add_up_and_the_feed_is_the_table(documents):
    document = documents["comparison", "en"]
    bridge = next(exhibit for exhibit in document.exhibits if exhibit.name == "bridge")
    values, parts = bridge.table.values("value"), bridge.table.values("part")
    steps = [value for value, part in zip(values, parts, strict=True) if part == "step"]
    assert values[0] + sum(steps) == pytest.approx(values[-1], rel=1e-6)
    for exhibit in document.exhibits:
        if exhibit.form is not None:
            cells = set(exhibit.table.values(exhibit.form.value))
            assert {value for series in feed_of(exhibit).series for value in series.values} <= cells


# --- money -----------------------------------------------------------------------------------------------------------


def test_another_label_without_a_rate_is_refused_with_the_way_out(folders):
    with pytest.raises(BadInput, match=r"the amounts of this folder are EUR.*--currency USD=1\.08"):
        document_of(folders / "comparison", DocumentWords(), "USD")


@pytest.mark.parametrize("text", ["usd=1.1", "USD=", "USD=-1", "USD=nan", "EUR=2", "DOLLAR=1.1"])
def test_currencies_and_rates_that_mean_nothing_are_refused(text):
    with pytest.raises(BadInput, match="--currency"):
        exchange_of(text, "EUR")


@pytest.mark.parametrize("kind", KINDS)
def test_a_rate_moves_money_and_nothing_else(folders, documents, kind):
    plain = documents[kind, "en"]
    other = document_of(folders / kind, DocumentWords(), "GBP=2.0")
    assert other.provenance["rate"] == 2.0 and "as\u00a0given" in other.exhibits[0].note
    for before, after in zip(plain.exhibits, other.exhibits, strict=True):
        for row, moved in zip(before.table.rows, after.table.rows, strict=True):
            for place, (old, new) in enumerate(zip(row, moved, strict=True)):
                if isinstance(old, float) and before.table.kind_of(row, place) == "money":
                    assert new == pytest.approx(2.0 * old)
                elif isinstance(old, float):
                    assert new == pytest.approx(old)


def test_a_folder_in_its_own_currency_needs_no_rate():
    assert not exchange_of("EUR", "EUR").converts and exchange_of(None, "USD").currency == "USD"


# --- grades and registrations ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_another_grade_of_one_source_shows(folders, documents, kind, monkeypatch):
    before = documents[kind, "en"]
    moved = {"market.needs.spread": "sourced"}
    table = belief.numbers_of

    def changed(scenario):
        numbers = table(scenario)
        rows = numbers["parameter"].isin(moved)
        return numbers.assign(grade=numbers["grade"].where(~rows, "sourced"))

    for place in ("belief", "evidence"):
        monkeypatch.setattr(f"sim.reports.document.{place}.numbers_of", changed)
    after = document_of(folders / kind, DocumentWords())
    assert before.belief.paragraphs[0] != after.belief.paragraphs[0]
    if kind in ("evidence", "claims"):  # folders in which numbers were moved
        assert before.belief.paragraphs[1] != after.belief.paragraphs[1]


def test_the_share_that_hangs_on_assumed_numbers_is_that_of_their_movements():
    numbers = pd.DataFrame({"parameter": ["market.a", "market.b"], "grade": ["assumed", "sourced"]})
    assert belief.hanging_share({"market.a": 3.0, "market.b": 1.0}, numbers) == 0.75
    assert belief.hanging_share({}, numbers) is None


def test_another_registration_shows(documents, tmp_path):
    other = made_up_claims.write(tmp_path / "claims", {"registration": "exploratory"})
    before, after = documents["claims", "en"], document_of(other, DocumentWords())
    assert "2 of 3 claims were registered" in " ".join(before.texts())
    assert "1 of 3 claims were registered" in " ".join(after.texts())
    assert "Silo experience" in " ".join(dict(after.front)["Sure or not"])


def exhibit_of(document, name):
    return next(exhibit for exhibit in document.exhibits if exhibit.name == name)


def test_each_source_has_an_exhibit_with_effects_as_multiples_of_the_smallest(documents, folders):
    verdicts = pd.read_csv(folders / "claims" / "verdicts.csv").set_index("id")
    table = exhibit_of(documents["claims", "en"], "claims__L").table
    margins = dict(zip(table.values("claim"), table.values("margin"), strict=True))
    own = verdicts.loc["silo-experience"]
    assert margins["Silo experience: supported"] == pytest.approx(own["effect"] / own["smallest"])
    assert len(margins) == len(verdicts)


def test_the_table_of_verdicts_has_one_line_a_claim_and_its_numbers_stand_in_the_appendix(documents, folders):
    verdicts = pd.read_csv(folders / "claims" / "verdicts.csv")
    document = documents["claims", "en"]
    table = exhibit_of(document, "verdicts").table
    assert table.keys == ["claim", "verdict", "effect_interval", "reach_interval", "fails_briefly"]
    assert all(sentence in line for sentence, line in zip(verdicts["sentence"], table.values("claim"), strict=True))
    numbers = next(table for table in document.tables() if table.name == "verdict_numbers")
    assert numbers.values("effect") == pytest.approx(list(verdicts["effect"]))


def test_the_share_that_never_breaks_even_stands_by_level(documents):
    table = exhibit_of(documents["claims", "en"], "break_even").table
    assert dict(zip(table.values("level"), table.values("never_share"), strict=True)) == {
        f"{MEANINGS['market']['needs.spread'].partition(';')[0]}: {level}": share
        for level, share in ((0.4, 0.0), (1.6, 1.0))
    }


def test_a_claim_that_was_not_registered_is_stamped_in_its_line(documents):
    lines = exhibit_of(documents["claims", "en"], "verdicts").table.values("claim")
    assert [line.endswith("[exploratory]") for line in lines] == [False, False, True]


def test_a_ledger_that_supports_nearly_all_says_that_the_model_is_suspect(tmp_path):
    folder = made_up_claims.write(tmp_path / "claims")
    table = pd.read_csv(folder / "verdicts.csv").assign(verdict="supported")
    table.to_csv(folder / "verdicts.csv", index=False)
    assert "suspect the model" in dict(document_of(folder, DocumentWords()).front)["So what"][0]


# --- pairs -----------------------------------------------------------------------------------------------------------


def test_policies_of_one_class_name_are_told_apart():
    names = ["v1/mine.py:Mine", "v2/mine.py:Mine"]
    context = Context(DocumentWords(), exchange_of(None, "EUR"), {"policies": names})
    pair = Pair(*names, 1.0, 0.95, 1.05, 2, 2, "higher", 4.0)
    assert size_of_pair(context, pair).startswith("Mine 1 against Mine 2: EUR\u00a01.00 (25\u00a0%")


@pytest.mark.parametrize(("low", "size"), [(9.0, True), (2.0, False)])
def test_a_size_stands_in_a_title_only_where_the_interval_is_narrow(low, size):
    context = Context(DocumentWords(), exchange_of(None, "EUR"), {"policies": ["hybrid", "osfa"]})
    pair = Pair("hybrid", "osfa", 10.0, low, 11.0, 2, 2, "higher", 4.0)
    assert ("EUR" in title_of_pair(context, pair, "one year")) == size


def test_a_search_bound_decides_nothing_whatever_the_interval():
    context = Context(DocumentWords(), exchange_of(None, "EUR"), {"policies": ["hybrid", "osfa"]})
    pair = Pair("hybrid", "osfa", 10.0, 9.0, 11.0, 2, 2, "not decided: search bound (price of osfa)", 4.0)
    assert "not decided" in title_of_pair(context, pair, "one year").lower()
    assert "price of one-size-fits-all" in size_of_pair(context, pair)


# --- sweeps ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """The folder of a tiny sweep with one contrast over two settings of another factor."""
    contrast = {"factor": "price", "level": 1.1, "against": 1.0, "outcome": "npv", "smallest": 1000.0}
    factors = {
        "price": {"path": "firms.0.decisions.price", "values": [1.0, 1.1]},
        "walls": {"path": "firms.0.decisions.walls", "values": [0.0, 1.0]},
    }
    outcomes = {"npv": {"measure": "profit", "aggregation": "present_value"}}
    made = tiny(factors=factors, outcomes=outcomes, contrasts={"dearer": contrast}, replications=3)
    folder = tmp_path_factory.mktemp("swept") / "sweep"
    here(made, folder)
    return folder


@pytest.mark.slow  # the analysis of a sweep repeats some of its runs
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sweep_has_its_document_too(swept, language):
    document = document_of(swept, DocumentWords(language))
    assert [exhibit.role for exhibit in document.exhibits[:2]] == [HEADLINE, SENSITIVITY]
    assert lacking(document, DocumentWords(language).marks()[0]) == []
    assert "registration" in [table.name for table in document.tables()]


@pytest.mark.slow
def test_a_sweep_that_is_cut_off_is_refused(swept, tmp_path):
    folder = tmp_path / "cut"
    shutil.copytree(swept, folder)
    (folder / "design.parquet").write_bytes((folder / "design.parquet").read_bytes()[:200])
    with pytest.raises(BadInput, match="cannot be read"):
        document_of(folder, DocumentWords())

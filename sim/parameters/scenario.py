"""A scenario: everything that makes a world, checked once, frozen, and identified by its content."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from sim.parameters.checking import Place, flatten, nearest, nest, plain, unknown_key, whole
from sim.parameters.conduct import REACTIVE, checked_conduct
from sim.parameters.decisions import neutral_plan
from sim.parameters.errors import BadInput
from sim.parameters.firm_settings import FirmSettings, checked_firms
from sim.parameters.network_ties import SETTINGS, NetworkSettings, network_settings
from sim.parameters.policy_texts import anchor
from sim.parameters.sections import checked_numbers, checked_section, checked_text
from sim.parameters.setting import canonical, set_value
from sim.parameters.shipped import scenario_names, shipped_folder
from sim.parameters.table import MARKET, MECHANISMS, STARTS_OFF
from sim.parameters.targets import Target, checked_targets, targets_as_mapping
from sim.parameters.yaml_reader import Lines, read_yaml

SCENARIO_KEYS = ("name", "description", "months", "seed", "market", "firms", "mechanisms", "sources", "targets")
RELATIONSHIPS = ("contract", "repertoire")
USUAL_CUSTOMERS = "usual"  # customers of the model itself
TEXTS = ("customers", "customer_class", "relationship", "conduct", "currency", *SETTINGS)  # of the market


@dataclass(frozen=True)
class Scenario:
    """A checked scenario; `market` and `mechanisms` hold every key of their tables."""

    name: str
    description: str
    months: int
    seed: int
    customers: int
    relationship: str
    currency: str
    network: NetworkSettings
    market: Mapping[str, float]
    firms: tuple[FirmSettings, ...]
    mechanisms: Mapping[str, bool]
    sources: Mapping[str, str]
    customer_class: str = USUAL_CUSTOMERS
    conduct: str = REACTIVE
    targets: Mapping[str, Target] = field(default_factory=dict)

    def _repr_html_(self) -> str:
        """A card for notebooks: what the world is, and its firms."""
        firms = "".join(f"<li>{escape(firm.name)}: {escape(str(firm.policy))}</li>" for firm in self.firms)
        size = f"{self.customers:,} simulated customers, {self.months} months, {self.currency}, seed {self.seed}"
        text = f"<strong>Scenario {escape(self.name)}</strong><div>{escape(self.description)}</div>"
        return f"<div>{text}<div>{escape(size)}</div><ul>{firms}</ul></div>"

    @staticmethod
    def load(name_or_path: str | Path) -> "Scenario":
        """The scenario of that name in the box, or from a file.

        Raises:
            BadInput: No such scenario, or anything wrong inside.
        """
        text = str(name_or_path)
        path = Path(text)
        if not text.endswith((".yaml", ".yml")) and (path.is_dir() or not path.exists()):
            path = shipped_folder("scenarios") / f"{text}.yaml"
            if not path.is_file():
                names = scenario_names()
                raise BadInput(
                    f"scenario {text!r} is neither in the box ({', '.join(names)}) nor a file.{nearest(text, names)}"
                )
        contents, lines = read_yaml(path)
        return _check(contents, Place(str(path), lines))

    @staticmethod
    def from_mapping(mapping: Mapping[str, Any], where: str = "scenario") -> "Scenario":
        """A scenario from a nested mapping, checked as strictly as a file; numbers of numpy count as numbers."""
        return _check(plain(mapping), Place(where, Lines()))

    def as_mapping(self) -> dict[str, Any]:
        """The scenario in full, nested as in a file; `from_mapping` gives the same scenario back."""
        return {
            "name": self.name,
            "description": self.description,
            "months": self.months,
            "seed": self.seed,
            "market": {"customers": self.customers, "customer_class": self.customer_class}
            | {"relationship": self.relationship, "conduct": self.conduct, "currency": self.currency}
            | nest({**self.market, **self.network.as_mapping()}),
            "firms": [{"name": f.name, "policy": f.policy} | nest(f.way.ends() | {**f.settings}) for f in self.firms],
            "mechanisms": dict(self.mechanisms),
            "sources": dict(self.sources),
            "targets": targets_as_mapping(self.targets),
        }

    @cached_property
    def sha256(self) -> str:
        """Identity of the content without its targets; that of one with the usual customers does not tell them."""
        contents = self.as_mapping()
        del contents["targets"]
        if self.customer_class == USUAL_CUSTOMERS:
            del contents["market"]["customer_class"]
        return hashlib.sha256(json.dumps(contents, sort_keys=True).encode()).hexdigest()

    def with_settings(self, settings: Mapping[str, Any]) -> "Scenario":
        """The scenario with some key paths set, such as ``market.needs.spread`` or ``firms.0.policy``.

        Raises:
            BadInput: Unknown key path, or a value that is not allowed.
        """
        mapping = self.as_mapping()
        _refuse_two_spellings(settings, [firm.name for firm in self.firms])
        if "market.network.file" in settings:
            mapping["market"]["network"]["sha256"] = None
        for path, value in settings.items():
            set_value(mapping, path, plain(value), [firm.name for firm in self.firms])
        return _check(mapping, Place("settings"))


def _refuse_two_spellings(settings: Mapping[str, Any], firms: list[str]) -> None:
    spellings: dict[str, str] = {}
    for path in settings:
        other = spellings.setdefault(canonical(path, firms), path)
        if other != path:
            raise BadInput(f"settings: {other} and {path} are one key; give it once")


def _check(contents: Mapping[str, Any], place: Place) -> Scenario:
    for key in contents:
        if key not in SCENARIO_KEYS:
            raise unknown_key(place, str(key), str(key), SCENARIO_KEYS)
    market = flatten(checked_section(contents, "market", place))
    customers = whole(market.pop("customers", 3000), 10, 20_000_000, "market.customers", place)
    customer_class = _customer_class(market.pop("customer_class", USUAL_CUSTOMERS), place)
    relationship = _relationship(market.pop("relationship", "contract"), place)
    conduct = checked_conduct(market.pop("conduct", REACTIVE), place)
    network = network_settings(market, customers, place)
    currency = _currency(market.pop("currency", "EUR"), place)
    numbers = {key: value for key, value in market.items() if key not in SETTINGS}
    mechanisms = _mechanisms(checked_section(contents, "mechanisms", place), place)
    if mechanisms["invoices"] and relationship != "contract":
        raise BadInput(
            f"{place.at('mechanisms.invoices')} is true, and market.relationship is {relationship!r}; bills on account "
            "need one supplier at a time: allowed is 'contract', or mechanisms.invoices: false."
        )
    checked = {k: v for k, v in checked_numbers(numbers, MARKET, "market", TEXTS, place).items() if v is not None}
    neutral = neutral_plan(checked)
    return Scenario(
        name=_printable(checked_text(contents.get("name", "unnamed"), "name", place), place),
        description=checked_text(contents.get("description", ""), "description", place),
        months=whole(contents.get("months", 120), 1, 1200, "months", place),
        seed=whole(contents.get("seed", 1), 0, 2**63 - 1, "seed", place),
        customers=customers,
        relationship=relationship,
        currency=currency,
        network=network,
        market=checked,
        firms=tuple(replace(firm, neutral=neutral) for firm in checked_firms(contents.get("firms"), place)),
        mechanisms=mechanisms,
        customer_class=customer_class,
        conduct=conduct,
        sources={
            key: checked_text(value, f"sources.{key}", place)
            for key, value in flatten(checked_section(contents, "sources", place)).items()
        },
        targets=checked_targets(checked_section(contents, "targets", place), place),
    )


def _relationship(value: Any, place: Place) -> str:
    if value not in RELATIONSHIPS:
        raise BadInput(f"{place.at('market.relationship')} is {value!r}; allowed are {' and '.join(RELATIONSHIPS)}.")
    return str(value)


def _currency(value: Any, place: Place) -> str:
    currency = checked_text(value, "market.currency", place)
    if not (len(currency) == 3 and currency.isascii() and currency.isupper()):
        raise BadInput(f"{place.at('market.currency')} is {currency!r}; three capital letters are needed, such as EUR.")
    return currency


def _customer_class(value: Any, place: Place) -> str:
    text = anchor(checked_text(value, "market.customer_class", place), place.folder)
    if text != USUAL_CUSTOMERS and not all(text.rpartition(":")):
        raise BadInput(
            f"{place.at('market.customer_class')} is {value!r}; allowed are {USUAL_CUSTOMERS!r} "
            "and a class in a file or module, such as 'mine.py:Moody' or 'package.module:Moody'."
        )
    return text


def _printable(name: str, place: Place) -> str:
    if not name.isprintable():
        raise BadInput(f"{place.at('name')} is {name!r}; signs that can be printed in one line are needed.")
    return name


def _mechanisms(entries: Mapping[str, Any], place: Place) -> dict[str, bool]:
    for key, value in entries.items():
        if key not in MECHANISMS:
            raise unknown_key(place, f"mechanisms.{key}", key, sorted(MECHANISMS))
        if not isinstance(value, bool):
            raise BadInput(f"{place.at(f'mechanisms.{key}')} is {value!r}; true or false is needed.")
    return {name: bool(entries.get(name, name not in STARTS_OFF)) for name in MECHANISMS}

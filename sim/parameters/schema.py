"""The JSON Schema of scenario files, from the same tables that check them."""

from typing import Any

from sim.parameters.conduct import CONDUCTS, REACTIVE
from sim.parameters.network_ties import NETWORKS
from sim.parameters.parameter import Parameter
from sim.parameters.policy_transitions import DEFAULTS, TRANSITION_ENDS
from sim.parameters.scenario import USUAL_CUSTOMERS
from sim.parameters.table import FIRM, MARKET, MECHANISMS, STARTS_OFF
from sim.parameters.targets import CALIBRATED, HELD_OUT, TARGET_KEYS, TARGET_MEANINGS

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_FILE = {"type": ["string", "null"], "default": None}
CONDUCT_SCHEMA = {
    "enum": list(CONDUCTS),
    "default": REACTIVE,
    "description": "; ".join(map(": ".join, CONDUCTS.items())),
}
NETWORK_SCHEMA: dict[str, dict[str, Any]] = {
    "kind": {
        "enum": list(NETWORKS),
        "default": "small_world",
        "description": "; ".join(map(": ".join, NETWORKS.items())),
    },
    "file": _FILE | {"description": "edge list, two places a line"},
    "sha256": _FILE | {"description": "of the edge list, if it must not change"},
}


def scenario_schema() -> dict[str, Any]:
    """The schema, for editors that complete and check while one types."""
    text = {"type": "string"}
    market = _section(MARKET, nullable=False)
    market["properties"] |= {
        "customers": {"type": "integer", "minimum": 10, "maximum": 20_000_000, "default": 3000},
        "customer_class": text
        | {"default": USUAL_CUSTOMERS, "description": "class of the customers, such as mine.py:Moody"},
        "relationship": {"enum": ["contract", "repertoire"], "default": "contract"},
        "conduct": CONDUCT_SCHEMA,
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "default": "EUR"},
    }
    market["properties"]["network"]["properties"] |= NETWORK_SCHEMA
    firm = _section(FIRM, nullable=True)
    firm["properties"] |= {"name": {"type": "string", "pattern": "^[a-z0-9_-]{1,40}$"}, "policy": text}
    for path, description in TRANSITION_ENDS.items():
        section, _, name = path.partition(".")
        firm["properties"][section]["properties"][name] = text | {"default": DEFAULTS[path], "description": description}
    switches = {
        name: {"type": "boolean", "default": name not in STARTS_OFF, "description": label}
        for name, label in MECHANISMS.items()
    }
    return {
        "$schema": DRAFT,
        "title": "Scenario",
        "type": "object",
        "additionalProperties": False,
        "required": ["firms"],
        "properties": {
            "name": text,
            "description": text,
            "months": {"type": "integer", "minimum": 1, "maximum": 1200, "default": 120},
            "seed": {"type": "integer", "minimum": 0, "default": 1},
            "market": market,
            "firms": {"type": "array", "minItems": 1, "items": firm | {"required": ["name", "policy"]}},
            "mechanisms": {"type": "object", "additionalProperties": False, "properties": switches},
            "sources": {"type": "object", "additionalProperties": True},
            "targets": _targets(),
        },
    }


def _targets() -> dict[str, Any]:
    bound = {"type": "number"}
    parts = {"low": bound, "high": bound, "use": {"enum": [CALIBRATED, HELD_OUT]}}
    parts |= {key: {"type": "string"} for key in ("dated", "source")}
    band = {"type": "object", "additionalProperties": False, "required": list(TARGET_KEYS), "properties": parts}
    return _object() | {"properties": {name: band | {"description": text} for name, text in TARGET_MEANINGS.items()}}


def _section(table: tuple[Parameter, ...], nullable: bool) -> dict[str, Any]:
    schema: dict[str, Any] = _object()
    for parameter in table:
        here, *path = schema, *parameter.name.split(".")
        for part in path[:-1]:
            here = here["properties"].setdefault(part, _object())
        here["properties"][path[-1]] = _number(parameter, nullable)
    return schema


def _object() -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": {}}


def _number(parameter: Parameter, nullable: bool) -> dict[str, Any]:
    kind = "integer" if parameter.unit == "count" else "number"
    return {
        "type": [kind, "null"] if nullable and parameter.default is None else kind,
        "minimum": parameter.low,
        "maximum": parameter.high,
        "default": parameter.default,
        "description": f"{parameter.meaning} [{parameter.unit}]; {parameter.source}",
    }

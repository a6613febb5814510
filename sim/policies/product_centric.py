"""Product-centric: better products in several lines, sold by teams of their own."""

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Defining, Policy

SHAH = (
    "Shah, Rust, Parasuraman, Staelin and Day (2006), The path to customer centricity, Journal of Service Research 9(2)"
)
GALBRAITH = "Galbraith (2005), Designing the Customer-Centric Organization"
TREACY = "Treacy and Wiersema (1993), Customer intimacy and other value disciplines, Harvard Business Review"
FADER = "Fader (2012), Customer Centricity"


class ProductCentric(Policy):
    """Invest in the product."""

    name: ClassVar[str] = "product_centric"
    summary: ClassVar[str] = "better products in several lines, sold by teams of their own"
    defining: Mapping[str, Defining] | None = {
        "lines": Defining(2.0, "Growth comes from new products; the portfolio of products is managed.", GALBRAITH),
        "depth": Defining(0.0, "The product is developed for the market and sold to customers as it is.", SHAH),
        "walls": Defining(0.9, "Product units are profit centres and keep to themselves.", SHAH),
        "sales_structure": Defining(1.0, "Each product has a sales team of its own.", SHAH),
        "pay_value": Defining(0.0, "Results are measured by product: new products, margin, market share.", SHAH),
        "targeting": Defining(0.0, "Marketing looks for buyers of the product, not for valuable customers.", FADER),
        "priority": Defining(0.0, "Customers are equal as buyers; their value does not order the service.", FADER),
        "intelligence": Defining(0.0, "Knowledge of products is the asset, data on customers a by-product.", SHAH),
        "process": Defining(0.5, "Service processes are as usual; the effort goes into the product.", TREACY),
    }

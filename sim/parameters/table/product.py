"""Numbers of products: research, ageing, unit cost, experience and lines."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
PRODUCT: tuple[P, ...] = (
    P("product.opportunity", "1", 0.2, 0.0, 1.0, "assumed; 0.03-0.35", "Quality gained per month from research"),
    P("product.research_exponent", "1", 0.7, 0.1, 1.0, ASSUMED, "Diminishing returns to research"),
    P("product.reference_share", "share", 0.25, 0.01, 1.0, ASSUMED, "Share of the market's spending against which research is measured: a firm twice this size gets the same quality for half the share of its revenue"),
    P("product.frontier", "1/month", 0.02, 0.0, 0.2, "Bernstein and Mamuneas (2006), Structural Change and Economic Dynamics 17: research depreciates by 21 % a year for transport equipment, inside 18 to 29 % for four industries, or 0.02 a month", "Speed at which quality ages"),
    P("product.unit_cost", "share of price", 0.45, 0.0, 2.0, ASSUMED, "Unit cost at the starting volume"),
    P("product.experience", "exponent", 0.2, 0.0, 0.6, "range: 0.07 to 0.51, the exponents of progress ratios of 0.95 to 0.7, where most of 108 lie (Dutton and Thomas 1984)", "Experience curve: cost falls with cumulated volume to this power"),
    P("product.own_value", "share", 0.5, 0.0, 1.0, "Jones (2011), American Economic Journal: Macroeconomics 3: intermediate goods are about 1/2 of gross output, which leaves 0.5; that experience lowers the cost of value added alone: Boston Consulting Group (1972)", "Part of the unit cost that is the firm's own value added, which alone experience lowers; the rest is bought"),
    P("product.volume_months", "months", 60.0, 1.0, 600.0, ASSUMED, "Months of sales of a firm of the reference share that lie behind every firm"),
    P("product.shared_learning", "share", 0.7, 0.05, 1.0, "form: Benkard (2000), some but not all experience with one model serves the next; value assumed, 0.3-0.9", "Part of the research and of the experience with one line that serves the firm's other lines"),
    P("product.variety_cost", "share", 0.275, 0.0, 1.0, "range: costs that variety drives rise 20-35 % each time it doubles (Stalk 1988)", "Rise of the costs that variety drives (change-overs, handling, stock) when the number of lines doubles"),
    P("product.variety_share", "share", 0.25, 0.0, 1.0, "assumed; 0.1-0.4", "Part of a firm's own value added that variety drives"),
    P("product.line_cost", "EUR/person/month", 0.15, 0.0, 1e4, ASSUMED, "Cost of keeping up one further line, per person of the market"),
)
# fmt: on

"""Forms of charts of a folder of claims."""

from sim.charts.adoption import draw_adoption
from sim.charts.break_even import draw_break_even
from sim.charts.claim_effects import draw_effects
from sim.charts.form import CLAIMS, Form
from sim.charts.grid_curve import draw_grids
from sim.charts.phase_diagram import draw_phase
from sim.charts.reach_strip import draw_reach
from sim.charts.silos_bridge import draw_silos, draw_wall_heights
from sim.charts.sobol_indices import draw_sobol
from sim.charts.verdict_table import draw_verdicts

CLAIM_FORMS: tuple[Form, ...] = (
    Form("verdicts", (CLAIMS,), draw_verdicts, "every claim with its verdict, effect, reach and where it fails"),
    Form("effects", (CLAIMS,), draw_effects, "effects of each claim over its base worlds"),
    Form("reach", (CLAIMS,), draw_reach, "each claim in all sampled worlds"),
    Form("grid", (CLAIMS,), draw_grids, "a claim's measure along a grid, with its best value or crossing"),
    Form("phase", (CLAIMS,), draw_phase, "which policy is worth most where two assumptions vary"),
    Form("break-even", (CLAIMS,), draw_break_even, "months until a change has earned back its cost, by moderator"),
    Form("sobol", (CLAIMS,), draw_sobol, "which assumptions move the answer, and the share of luck"),
    Form("silos", (CLAIMS,), draw_silos, "what walls cost, mechanism by mechanism"),
    Form("wall-heights", (CLAIMS,), draw_wall_heights, "net present value by height of the walls"),
    Form("adoption", (CLAIMS,), draw_adoption, "what a change is worth when no, one or all firms adopt it"),
)

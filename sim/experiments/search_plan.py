"""How an equilibrium is searched: decisions, starts, tolerance, rounds and replications."""

from typing import NamedTuple

from sim.parameters import BadInput
from sim.parameters.checking import count_argument, nearest
from sim.parameters.conduct import ADAPTED
from sim.parameters.decisions import DECISIONS


class SearchPlan(NamedTuple):
    """How an equilibrium is searched.

    Args:
        decisions: Decisions that firms choose; all others stay as policies and scenario have them.
        starts: Starting points; the first is where the scenario starts.
        tolerance: Gain that is not worth a move, as a share of a firm's present value.
        rounds: Rounds of replies after which a start is given up.
        replications: Worlds in which every choice is valued, the same for all choices.
    """

    decisions: tuple[str, ...] = ADAPTED
    starts: int = 5
    tolerance: float = 0.01
    rounds: int = 12
    replications: int = 2

    def checked(self) -> "SearchPlan":
        """The plan itself.

        Raises:
            BadInput: A decision that there is not or twice, or a number that is not allowed.
        """
        for place, name in enumerate(self.decisions):
            if name not in DECISIONS:
                raise BadInput(
                    f"decision {name!r} is not known.{nearest(name, DECISIONS)} Known: {', '.join(DECISIONS)}"
                )
            if name in self.decisions[:place]:
                raise BadInput(f"decision {name} is given twice; give it once")
        if not self.decisions:
            raise BadInput("no decision is given; at least one is needed, such as price")
        if not 0.0 < self.tolerance < 1.0:
            raise BadInput(
                f"tolerance is {self.tolerance:g}; a share of profit between 0 and 1 is needed, such as 0.01"
            )
        for name in ("starts", "rounds", "replications"):
            count_argument(getattr(self, name), name, 1)
        return self


USUAL_PLAN = SearchPlan()

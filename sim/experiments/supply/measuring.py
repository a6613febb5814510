"""What is measured of a world of identical firms: figures by year, elasticities, and best replies."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from sim.experiments.best_reply import DECIMALS, Decided, Game, best_reply
from sim.experiments.equilibrium import present_values
from sim.experiments.parallel import side_by_side
from sim.experiments.supply.answers import Answers
from sim.experiments.supply.conditions import SEARCHED, BestReply, range_of
from sim.experiments.supply.figures import YearPair, elasticities, figures_of
from sim.experiments.supply.neutral_market import neutral_market
from sim.experiments.supply.plan import SupplyPlan
from sim.model.phases import PhaseObserver
from sim.parameters import Scenario


class Seen(NamedTuple):
    """What was measured.

    Args:
        figures: Figures by name.
        elasticities: Elasticities by name.
        replies: Best reply by decision.
    """

    figures: Mapping[str, YearPair]
    elasticities: Mapping[str, float]
    replies: Mapping[str, BestReply]


class Measuring:
    """Measures worlds by one plan, each thing once.

    Args:
        plan: Size, replications and seed.
        answers: Where what was measured is kept.
    """

    def __init__(self, plan: SupplyPlan, answers: Answers) -> None:
        self.plan, self.answers = plan, answers

    def all_of(self, scenario: Scenario, decisions: Sequence[str] = SEARCHED) -> Seen:
        """Everything about the scenario with identical firms. decisions: of which best replies are searched"""
        plan = self.plan
        world = neutral_market(scenario, plan.customers, plan.months)
        about = f"{plan.replications}, {plan.seed}"
        figures = self.answers(f"figures {about}", world, lambda: figures_of(world, plan.replications, plan.seed))
        slopes = self.answers(f"elasticities {about}", world, lambda: elasticities(world, plan.replications, plan.seed))
        return Seen(
            {name: YearPair(*pair) for name, pair in figures.items()},
            slopes,
            {decision: self.reply(world, decision) for decision in decisions},
        )

    def reply(self, world: Scenario, decision: str) -> BestReply:
        """The best reply of the first firm in one decision, its rivals being as they are."""
        start = round(getattr(world.firms[0].neutral, decision), DECIMALS)
        low, high = range_of(decision, start)
        game = Game([(low, high)], lambda choices: self._values(world, decision, choices), 0.0, 1)
        answer = best_reply(((start,),), game, (0, 0), wide=True)
        return BestReply(start, answer.value, answer.gain, low, high)

    def _values(self, world: Scenario, decision: str, choices: Sequence[Decided]) -> list[list[float]]:
        tried = [world.with_settings({f"firms.0.decisions.{decision}": choice[0][0]}) for choice in choices]
        question = f"value {self.plan.replications}, {self.plan.seed}"
        return [[self.answers(question, changed, partial(self._value, changed))] for changed in tried]

    def _value(self, world: Scenario) -> float:
        """Mean present value of the first firm over the replications. [money]"""

        def of(number: int, halt: PhaseObserver) -> float:
            return present_values(world, self.plan.seed, number, halt)[0]

        return float(np.mean(side_by_side(of, range(self.plan.replications))))

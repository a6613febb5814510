"""Mesa's own runners drive a market to the numbers of a sweep."""

import pandas as pd
import pytest

from sim import Market, Scenario
from tests.support.sweeps import design, here, tiny

BASE = Scenario.load("telecom").with_settings(design()["settings"])
POLICIES = ["osfa", "product_centric"]


@pytest.fixture(scope="module")
def losses(tmp_path_factory):
    """Losses of all firms by policy and replicate, as a sweep tells them."""
    made = here(
        tiny(factors={"policy": {"policies": POLICIES}}, replications=2), tmp_path_factory.mktemp("mesa") / "out"
    )
    return made.runs.set_index(["policy", "replicate"])["left"].to_dict()


class Shape:
    """A scenario of Mesa 4 as its runner sees it: pairs of name and value, numbers of scenario and replication."""

    def __init__(self, scenario_id, replication_id, **parameters):
        self.scenario_id, self.replication_id, self.parameters = scenario_id, replication_id, parameters

    def __iter__(self):
        return iter(self.parameters.items())


def instantiated(scenario):
    return Market(BASE.with_settings(dict(scenario)), replicate=scenario.replication_id)


def test_the_shape_of_run_scenarios_gives_the_numbers_of_a_sweep(losses):
    points = [Shape(k, r, **{"firms.0.policy": policy}) for k, policy in enumerate(POLICIES) for r in range(2)]
    found = {(POLICIES[one.scenario_id], one.replication_id): instantiated(one).run().monthly() for one in points}
    assert {place: months["losses"].sum() for place, months in found.items()} == losses


def test_run_scenarios_of_mesa_gives_the_numbers_of_a_sweep(losses):
    scenarios = pytest.importorskip("mesa.experimental.scenarios")
    if not hasattr(scenarios, "run_scenarios"):
        pytest.skip("this Mesa has no run_scenarios yet")

    class Lived(scenarios.RunConfiguration):
        def instantiate_model(self, scenario):
            return instantiated(scenario)

        def run_model(self, model):
            model.run()

        def extract_output(self, model):
            return {"monthly": model.monthly()}

    frame = pd.DataFrame({"firms.0.policy": POLICIES})
    points = scenarios.Scenario.from_dataframe(frame, replications=2)
    store = scenarios.run_scenarios(points, Lived(Market, until=1), progress=False)
    found = {
        (POLICIES[one.scenario_id], one.replication_id): store.retrieve_output(one)["monthly"]["losses"].sum()
        for one in store.succeeded()
    }
    assert found == losses

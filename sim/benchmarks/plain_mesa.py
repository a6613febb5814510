"""A yardstick: what a month costs in a plain Mesa loop with a dozen draws a customer; it is not the model."""

import mesa

FIRMS = 3
NEIGHBOURS = 10


class PlainCustomer(mesa.Agent):
    """A customer in plain Python with a dozen draws and updates a month, written as most Mesa models are."""

    def __init__(self, model: mesa.Model, supplier: int) -> None:
        super().__init__(model)
        self.supplier = supplier
        self.satisfaction = [0.6] * FIRMS
        self.reputation = [0.6] * FIRMS
        self.goal = [model.random.gauss(0.0, 1.0) for _ in range(4)]
        self.spend = model.random.lognormvariate(3.5, 0.6)
        self.said = 0
        self.open_incidents = 0
        self.paid = 0.0
        self.neighbours: list[PlainCustomer] = []

    def step(self) -> None:
        """Drift, listen, be reached, choose, buy, run into trouble, and talk."""
        luck = self.model.random
        self.goal = [0.99 * value + luck.gauss(0.0, 0.05) for value in self.goal]
        for neighbour in self.neighbours:
            if neighbour.said:
                firm = abs(neighbour.said) - 1
                self.reputation[firm] += 0.05 * ((neighbour.said > 0) - self.reputation[firm])
        reached = [luck.random() < 0.05 for _ in range(FIRMS)]
        if luck.random() < 0.02 + 0.02 * sum(reached):
            values = [2.0 * self.reputation[firm] + luck.gammavariate(1.0, 1.0) for firm in range(FIRMS)]
            self.supplier = values.index(max(values))
        self.use(0.6 + 0.1 * luck.gauss(0.0, 1.0))
        if luck.random() < 0.1:
            self.open_incidents += 1
        if self.open_incidents and luck.random() < 0.9:
            self.open_incidents = 0
            self.use(luck.random())
        number = luck.random()
        mood = self.satisfaction[self.supplier]
        self.said = (
            self.supplier + 1 if number < 0.08 * mood else -self.supplier - 1 if number > 0.9 + 0.1 * mood else 0
        )

    def use(self, experience: float) -> None:
        """Pay, and let the experience move satisfaction."""
        self.paid += self.spend
        self.satisfaction[self.supplier] += 0.1 * (experience - self.satisfaction[self.supplier])


class PlainMarket(mesa.Model):
    """Plain customers on a ring.

    Args:
        customers: Number of customers.
        seed: Seed of the draws.
    """

    def __init__(self, customers: int, seed: int) -> None:
        super().__init__(rng=seed)
        people = [PlainCustomer(self, number % FIRMS) for number in range(customers)]
        for place, one in enumerate(people):
            one.neighbours = [people[(place + step) % customers] for step in range(1, NEIGHBOURS + 1)]

    def step(self) -> None:
        """Live one month."""
        self.agents.do("step")

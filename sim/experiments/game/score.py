"""The score of a game: profit and the value of customers side by side, and no ranking."""

from sim.experiments.game.worlds import GameWorlds, Script, WorldResult

SCORES = ("profit", "customer_equity", "customers_kept")  # by which an episode is judged, side by side
FIGURES_OF_A_ROUND = ("profit", "gross_adds", "losses")


def scores_of(worlds: GameWorlds, result: WorldResult) -> dict[str, dict[str, float]]:
    """The score of every team after the months of a world.

    Args:
        worlds: The worlds of the game.
        result: What came out.

    Returns:
        By team: ``profit`` summed from month 1; ``customer_equity`` and ``customers`` now; ``customers_kept``, the
        share of the first customers who are customers; ``npv``, the present value of the profit.
    """
    return {team: score_of(worlds, result, seat) for seat, team in enumerate(worlds.teams)}


def score_of(worlds: GameWorlds, result: WorldResult, seat: int) -> dict[str, float]:
    """The score of the team in a seat, as `scores_of` has it."""
    table = result.of_firm(seat)
    return {
        "profit": float(table["profit"].sum()),
        "customer_equity": float(table["customer_equity"].iloc[-1]),
        "customers_kept": result.kept[seat],
        "customers": float(table["customers"].iloc[-1]),
        "npv": worlds.worth(result, seat),
    }


def round_figures(worlds: GameWorlds, script: Script, result: WorldResult) -> dict[str, dict[str, float]]:
    """Profit, new customers, losses and customers of the last round, or of the opening before the first, by team."""
    months = worlds.design.months if script.rounds else worlds.design.opening
    figures = {}
    for seat, team in enumerate(worlds.teams):
        table = result.of_firm(seat).tail(months)
        sums = {name: float(table[name].sum()) for name in FIGURES_OF_A_ROUND}
        figures[team] = sums | {"customers": float(table["customers"].iloc[-1])}
    return figures

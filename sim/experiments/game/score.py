"""The score of a game: profit and the value of customers side by side, and no ranking."""

from sim.experiments.game.game_log import Close, reports_bought
from sim.experiments.game.information_sold import spending_of
from sim.experiments.game.worlds import GameWorlds, Script, WorldResult, script_of

SCORES = ("profit", "customer_equity", "customers_kept")  # by which an episode is judged, side by side
FIGURES_OF_A_ROUND = ("profit", "gross_adds", "losses")


def scores_of(worlds: GameWorlds, result: WorldResult, spent: tuple[float, ...]) -> dict[str, dict[str, float]]:
    """The score of every team after the months of a world.

    Args:
        worlds: The worlds of the game.
        result: What came out.
        spent: What each team paid for reports and surveys, by seat. [money]

    Returns:
        By team: ``profit`` summed from month 1 and less what was ``spent_on_reports``; ``customer_equity`` and
        ``customers`` now; ``customers_kept``, the share of the first customers who are customers; ``npv``, present
        value of the profit before reports.
    """
    scores = {}
    for seat, team in enumerate(worlds.teams):
        table = result.of_firm(seat)
        scores[team] = {
            "profit": float(table["profit"].sum()) - spent[seat],
            "customer_equity": float(table["customer_equity"].iloc[-1]),
            "customers_kept": result.kept[seat],
            "customers": float(table["customers"].iloc[-1]),
            "spent_on_reports": spent[seat],
            "npv": worlds.worth(result, seat),
        }
    return scores


def spent_on_reports(worlds: GameWorlds, episode: str, closes: tuple[Close, ...]) -> tuple[float, ...]:
    """What each team paid for reports and surveys in the rounds closed, by seat. [money]"""
    amounts = [spending_by_round(worlds, episode, closes, team) for team in worlds.teams]
    return tuple(sum(rounds) for rounds in amounts)


def spending_by_round(worlds: GameWorlds, episode: str, closes: tuple[Close, ...], team: str) -> list[float]:
    """What a team paid for reports and surveys, round by round, at the prices of the world that was played. [money]"""
    script, seat = script_of(episode, closes, worlds.teams), worlds.teams.index(team)
    return [
        spending_of(worlds.design, worlds.state(script.first(place)), close, team, seat)
        if reports_bought(close, team)
        else 0.0
        for place, close in enumerate(closes)
    ]


def worth_of_reports(worlds: GameWorlds, spending: list[float]) -> float:
    """Present value of what was paid for reports and surveys, each round's in its first month. [money]"""
    design = worlds.design
    months = [design.opening + place * design.months + 1 for place in range(len(spending))]
    return sum(amount * (1.0 + worlds.rate) ** -month for amount, month in zip(spending, months, strict=True))


def round_figures(worlds: GameWorlds, script: Script, result: WorldResult) -> dict[str, dict[str, float]]:
    """Profit, new customers, losses and customers of the last round, or of the opening before the first, by team."""
    months = worlds.design.months if script.rounds else worlds.design.opening
    figures = {}
    for seat, team in enumerate(worlds.teams):
        table = result.of_firm(seat).tail(months)
        sums = {name: float(table[name].sum()) for name in FIGURES_OF_A_ROUND}
        figures[team] = sums | {"customers": float(table["customers"].iloc[-1])}
    return figures

"""Tasks that take longer: the range over paired worlds, the opening as it gets surer, and the debrief of a game."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sim.experiments.game.game_debrief import GameDebrief
from sim.experiments.live.band import BAND_STEPS, PairWorlds
from sim.experiments.live.opening import opening_script
from sim.experiments.live.pair import TimelinePair
from sim.web.game_tasks import game_of
from sim.web.pair_tasks import Description, lives_of, pair_of

TaskSteps = Iterator[Any]
_WORLDS: dict[tuple[str, str, str], PairWorlds] = {}  # of the pair that was asked for last


def band(left: Description, right: Description) -> TaskSteps:
    """The range over paired worlds, again as there are more of them."""
    shown = pair_of(left, right)
    for worlds in _growing(shown):
        yield worlds.band() if worlds else None


def opening(left: Description, right: Description) -> TaskSteps:
    """The script of the first minute, from the two worlds that are shown."""
    shown = pair_of(left, right)
    for lives in lives_of(shown):
        yield None if lives is None else opening_script(shown, lives, PairWorlds(shown))


def surer_opening(left: Description, right: Description) -> TaskSteps:
    """The same script again as paired worlds make its end surer."""
    shown = pair_of(left, right)
    for lives in lives_of(shown):
        yield None
        if lives is not None:
            for worlds in _growing(shown):
                yield opening_script(shown, lives, worlds) if worlds else None


def _growing(shown: TimelinePair) -> Iterator[PairWorlds | None]:
    """Paired worlds when there are enough for another look; None between two worlds."""
    key = shown.left.key, shown.right.key, shown.firm
    if key not in _WORLDS:
        _WORLDS.clear()
        _WORLDS[key] = PairWorlds(shown)
    worlds = _WORLDS[key]
    for count in BAND_STEPS:
        if count < len(worlds):
            continue
        while len(worlds) < count:
            worlds.add()
            yield None
        yield worlds


_Teller = Callable[[int, int], None]
Side = dict[str, Any]
DEBRIEFS: dict[str, Callable[[GameDebrief, Side, Side, _Teller], Any]] = {
    "timeline": lambda game, left, right, tell: {"left": game.timeline(left), "right": game.timeline(right)},
    "episodes": lambda game, left, right, tell: game.episodes(),
    "reap": lambda game, left, right, tell: game.bridge_reap(left, right),
    "decisions": lambda game, left, right, tell: game.bridge_decisions(left, right, progress=tell),
    "mechanisms": lambda game, left, right, tell: game.bridge_mechanisms(left, right, progress=tell),
    "paired": lambda game, left, right, tell: game.paired(left, right, progress=tell),
    "luck": lambda game, left, right, tell: game.luck(right["episode"], progress=tell),
    "best": lambda game, left, right, tell: game.best_change(right, progress=tell),
    "information": lambda game, left, right, tell: game.value_of_information(right, progress=tell),
}  # fmt: skip


def debrief(
    record: Mapping[str, Any], entries: Sequence[Mapping[str, Any]], part: str, sides: tuple[Side, Side], tell: _Teller
) -> TaskSteps:
    """One part of what happened and why."""
    yield DEBRIEFS[part](GameDebrief(game_of(record), entries), *sides, tell)


def bets(record: Mapping[str, Any], entries: Sequence[Mapping[str, Any]], given: Sequence[dict[str, Any]]) -> TaskSteps:
    """What was bet on the game against what came."""
    yield GameDebrief(game_of(record), entries).bets(list(given))


BACKGROUND_TASKS: dict[str, Callable[..., TaskSteps]] = {
    "band": band, "opening": opening, "surer_opening": surer_opening, "debrief": debrief, "game_bets": bets,
}  # fmt: skip

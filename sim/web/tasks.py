"""What workers can be asked for: each task gives its values one after the other, as plain as a pipe needs them."""

from collections.abc import Callable, Iterator
from typing import Any

from sim.web.background_tasks import BACKGROUND_TASKS
from sim.web.game_tasks import GAME_TASKS
from sim.web.pair_tasks import PAIR_TASKS

TASKS: dict[str, Callable[..., Iterator[Any]]] = PAIR_TASKS | GAME_TASKS | BACKGROUND_TASKS

"""What a caller, or Mesa's `batch_run`, asks of a market: seed, replicate and threads, checked; and what is refused."""

import sys
from inspect import signature
from types import FrameType
from typing import Any, NoReturn

import mesa

from sim.parameters.checking import MOST_THREADS, count_argument
from sim.parameters.errors import BadInput

_RUN_OF_MESA = "_model_run_func"  # the function of `mesa.batchrunner` that makes and steps one model


def threads_of(threads: Any) -> int:
    """Number of threads of the compiled engine.

    Raises:
        BadInput: No whole number from 1 on.
    """
    return count_argument(threads, "threads", 1, MOST_THREADS)


def replicate_of(replicate: Any) -> int:
    """Number of the replication; an iteration of `mesa.batch_run` is the replication of its number.

    Mesa makes the model of each iteration with the same arguments, so all iterations would be one run.

    Raises:
        BadInput: No whole number from 0 on, or iterations of a replicate that was given.
    """
    number = count_argument(replicate, "replicate")
    iteration, arguments = iteration_of_mesa()
    if iteration == 0 or _reseeded(arguments):
        return number
    if number or "replicate" in arguments:
        raise BadInput(
            f"iteration {iteration} of batch_run would be the same run as iteration 0, since both are replicate "
            f"{number}; leave replicate out, so that each iteration is a replicate of its own, or give iterations=1 "
            f'and the parameter "replicate": range({iteration + 1})'
        )
    return iteration


def no_other_agents(model: mesa.Model, agent: Any) -> NoReturn:
    """Refused: sets, tables, saves and forks of a market know customers and firms alone.

    Raises:
        TypeError: Always; says what to do instead.
    """
    raise TypeError(
        f"a {type(agent).__name__} cannot join a market, whose agents are its customers and firms; let it be an agent "
        "of a mesa.Model that holds the market, or keep what it knows in attributes of a subclass of Market"
    )


def no_removal(model: mesa.Model) -> NoReturn:
    """Refused: people come and go by the world's own rules.

    Raises:
        TypeError: Always; says what to do instead.
    """
    raise TypeError("agents of a market come and go by its own rules; make a new Market to start again")


def iteration_of_mesa() -> tuple[int, dict[str, Any]]:
    """Number of the iteration and arguments of the run of `mesa.batch_run` for which a model is being made.

    Mesa tells the model neither, so they are read where Mesa keeps them: in the frame that called the constructor.

    Returns:
        0 and no arguments for a model that is made by anybody else.
    """
    frame: FrameType | None = sys._getframe()
    while frame and frame.f_code.co_name in ("iteration_of_mesa", "replicate_of", "__init__"):
        frame = frame.f_back
    if frame is None or frame.f_code.co_name != _RUN_OF_MESA or frame.f_globals.get("__name__") != "mesa.batchrunner":
        return 0, {}
    _, iteration, arguments = frame.f_locals["run"]
    return iteration, arguments


def _reseeded(arguments: dict[str, Any]) -> bool:
    """Whether `batch_run` gave this iteration a seed of its own, as it can from Mesa 3.4 on."""
    seeded = arguments.get("seed") is not None or arguments.get("rng") is not None
    return seeded and "rng" in signature(mesa.batch_run).parameters

"""The commands by name: what each does in one line, and the file that has it, which is loaded when it is asked for."""

from typing import NamedTuple


class Command(NamedTuple):
    """One command.

    Args:
        name: What is typed after `sim`; a file of that name in this room declares its options and runs it.
        text: What it does, in one line.
    """

    name: str
    text: str


COMMANDS = (
    Command("evidence", "the flagship: real log, world, comparison, charts and report"),
    Command("run", "run one world"),
    Command("compare", "compare policies in paired worlds"),
    Command("fork", "re-run the tail of a run with something changed"),
    Command("diff", "where two runs differ first: month, phase, firm, decision, customer"),
    Command("explain", "one customer's life month by month"),
    Command("month", "the order of the month: phases, steps, what they read and write"),
    Command("tune", "search a policy's best decisions in a world"),
    Command("equilibrium", "best replies of all firms in turn until nobody gains; resumes where it was stopped"),
    Command("study", "studies over sampled worlds"),
    Command("sweep", "run a design of worlds; resumes where it was stopped"),
    Command("analyse", "statistics of a sweep, also of one that is still running"),
    Command("verify", "run stored runs of a sweep again and compare bits"),
    Command("studio", "the trainers' app in the browser: two firms side by side, lessons, a workshop on phones"),
    Command("validate", "the model against closed forms and published regularities, one table"),
    Command("replicate", "published work repeated by settings of the model, with the distance"),
    Command("claims", "the ledger of claims: register, run in paired worlds, verdicts with reach"),
    Command("export", "tables of a sweep for Excel, R and others"),
    Command("chart", "draw charts of a folder of results"),
    Command("report", "write a document from a folder of results"),
    Command(
        "calibrate", "numbers of a scenario from your own files, with a verdict on the fit; or from the supply side"
    ),
    Command("scenario", "work with scenario files"),
    Command("policy", "check a policy of your own"),
    Command("params", "every parameter with unit, range and source; those of a word"),
    Command("measures", "every measure with unit, meaning and direction"),
    Command("bench", "speed and memory against their targets; about five minutes"),
)
COMMAND_NAMES = tuple(command.name for command in COMMANDS)
EXAMPLES = (
    "sim scenario list               the worlds in the box",
    "sim run telecom --years 2       one world, two years, a table by firm",
    "sim compare telecom --out cmp   three policies in the same worlds, with charts",
)

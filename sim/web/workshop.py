"""A workshop as its events leave it: teams, seats, rounds, drafts and the log that the game is a function of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sim.web.countdown import Countdown
from sim.web.room_log import RoomEvent

DEPARTMENTS = ("marketing", "sales", "product", "service", "finance")
EPISODES = ("walls", "joined_up")
LOBBY, OPEN, CLOSING, CLOSED, OVER = "lobby", "open", "closing", "closed", "over"
FREE, TAKEN, DRAFTING, SENT = "free", "in", "drafting", "sent"  # how far a seat is
NOBODY, MEMBER, FACILITATOR, COMPUTER = "nobody", "member", "facilitator", "computer"
SeatName = tuple[str, str]  # team and department


@dataclass
class Seat:
    """A department of a team.

    Args:
        by: Who decides: `NOBODY`, `MEMBER`, `FACILITATOR` or `COMPUTER`, which carries on as before.
        member: Number of the member; none for others.
        decisions: What is drafted this round, by decision.
        why: The reason written for it.
        buys: What was bought this round.
        sent: What was sent last this round, `decisions` and `why`; none before. Only this counts.
        drafting: Whether something was drafted since.
    """

    by: str = NOBODY
    member: int | None = None
    decisions: dict[str, Any] = field(default_factory=dict)
    why: str = ""
    buys: list[dict[str, Any]] = field(default_factory=list)
    sent: dict[str, Any] | None = None
    drafting: bool = False

    def clear(self) -> None:
        """Begin a round: nothing is drafted; who decides stays."""
        self.decisions, self.why, self.buys, self.sent, self.drafting = {}, "", [], None, False

    @property
    def state(self) -> str:
        """How far the seat is in this round."""
        if self.drafting:
            return DRAFTING
        if self.sent is not None:
            return SENT
        return FREE if self.by == NOBODY else TAKEN

    @property
    def choice(self) -> dict[str, Any]:
        """What the game is told: what was sent and bought, without what is empty."""
        parts = {**(self.sent or {}), "buys": self.buys}
        return {name: part for name, part in parts.items() if part}


@dataclass
class Workshop:
    """A game in a room.

    Args:
        record: What the game is built from: model, design, teams, seed.
        rounds: Rounds of an episode.
        seats: Every department of every team.
        episode: Name of the episode.
        round: Number of the round, from 1; 0 before the first.
        phase: `LOBBY`, `OPEN`, `CLOSING`, `CLOSED` or `OVER`.
        entries: The log that the game is a function of.
        timer: Time left in the round.
        message: What the facilitator tells a team or all.
        timer_seq: Number of the last event that set the timer.
    """

    record: dict[str, Any]
    rounds: int
    seats: dict[SeatName, Seat]
    episode: str = EPISODES[0]
    round: int = 0
    phase: str = LOBBY
    entries: list[dict[str, Any]] = field(default_factory=list)
    timer: Countdown = field(default_factory=Countdown)
    message: dict[str, Any] | None = None
    timer_seq: int = 0

    @property
    def teams(self) -> list[str]:
        """Names of the teams."""
        return list(self.record["teams"])

    def seats_of(self, member: int | None) -> list[SeatName]:
        """Seats that a member has.

        Args:
            member: Number of the member.
        """
        return [name for name, seat in self.seats.items() if seat.by == MEMBER and seat.member == member]

    def choices(self) -> dict[str, dict[str, Any]]:
        """What all have decided, by team and department; who has not sent carries on as before."""
        by_team: dict[str, dict[str, Any]] = {}
        for (team, department), seat in self.seats.items():
            if seat.choice:
                by_team.setdefault(team, {})[department] = seat.choice
        return by_team


def new_workshop(contents: dict[str, Any]) -> Workshop:
    """A workshop before its first round.

    Args:
        contents: `record`, `rounds` and `episode` of the event.
    """
    seats = {(team, department): Seat() for team in contents["record"]["teams"] for department in DEPARTMENTS}
    return Workshop(contents["record"], contents["rounds"], seats, contents["episode"])


def _claim(game: Workshop, event: RoomEvent) -> None:
    """A member takes a seat; seats that he has in another team are given up."""
    team, department, member = (event.contents[name] for name in ("team", "department", "member"))
    for name in game.seats_of(member):
        if name[0] != team:
            game.seats[name] = Seat()
    game.seats[team, department] = Seat(MEMBER, member)


def _assign(game: Workshop, event: RoomEvent) -> None:
    for team, department, member in event.contents["seats"]:
        game.seats[team, department] = Seat(MEMBER, member)


def _release(game: Workshop, event: RoomEvent) -> None:
    for name in game.seats_of(event.contents["member"]):
        if event.contents.get("department") in (None, name[1]):
            game.seats[name].by, game.seats[name].member = NOBODY, None


def _begin_round(game: Workshop, event: RoomEvent) -> None:
    game.round, game.phase = game.round + 1, OPEN
    for seat in game.seats.values():
        seat.clear()


def _draft(game: Workshop, event: RoomEvent) -> None:
    seat = game.seats[event.contents["team"], event.contents["department"]]
    seat.decisions, seat.why = event.contents["decisions"], event.contents["why"]
    seat.drafting = not event.contents["sent"]
    if event.contents["sent"]:
        seat.sent = {"decisions": seat.decisions, "why": seat.why}
    if event.contents.get("by"):
        seat.by, seat.member = event.contents["by"], None


def _carry_on(game: Workshop, event: RoomEvent) -> None:
    """The computer plays a seat, or plays it no more."""
    by = COMPUTER if event.contents["on"] else NOBODY
    game.seats[event.contents["team"], event.contents["department"]] = Seat(by)


def _buy(game: Workshop, event: RoomEvent) -> None:
    game.seats[event.contents["team"], event.contents["department"]].buys.append(event.contents["buy"])


def _close(game: Workshop, event: RoomEvent) -> None:
    """Drafts are frozen; the months are lived next."""
    game.phase = CLOSING
    game.timer = Countdown()
    game.entries.append(event.contents["entry"])


def _closed(game: Workshop, event: RoomEvent) -> None:
    game.phase = OVER if game.round >= game.rounds else CLOSED


def _take_back(game: Workshop, event: RoomEvent) -> None:
    """The months could not be lived: the round is open again, with all that was sent."""
    game.phase = OPEN
    game.entries.pop()


def _back(game: Workshop, event: RoomEvent) -> None:
    """To the start of a round: what was closed from there on counts no more."""
    game.round = event.contents["round"] - 1
    game.phase = CLOSED if game.round else LOBBY
    game.timer = Countdown()
    game.entries.append({"do": "back", "episode": game.episode, "round": event.contents["round"]})


def _episode(game: Workshop, event: RoomEvent) -> None:
    """Another episode, from its start: the same teams and seats."""
    game.episode, game.round, game.phase = event.contents["episode"], 0, LOBBY
    game.timer = Countdown()
    if any(entry["episode"] == game.episode for entry in game.entries):
        game.entries.append({"do": "back", "episode": game.episode, "round": 1})
    for seat in game.seats.values():
        seat.clear()


def _timer(game: Workshop, event: RoomEvent) -> None:
    game.timer, game.timer_seq = Countdown(**event.contents, at=event.at), event.seq


def _message(game: Workshop, event: RoomEvent) -> None:
    game.message = event.contents if event.contents["text"] else None


WORKSHOP_EFFECTS: dict[str, Callable[[Workshop, RoomEvent], None]] = {
    "claim": _claim, "assign": _assign, "release": _release, "start": _begin_round, "draft": _draft,
    "carry_on": _carry_on, "buy": _buy, "close": _close, "closed": _closed, "take_back": _take_back,
    "back": _back, "episode": _episode,
    "timer": _timer, "message": _message,
}  # fmt: skip

"""Who gets which seat when a room is seated by the server."""

from sim.web.members import Members
from sim.web.workshop import MEMBER, NOBODY, Workshop

Seating = list[tuple[str, str, int]]  # team, department, member


def seats_for(members: Members, game: Workshop, merge: bool) -> Seating:
    """Free seats for those who wait, teams filled evenly in the order in which people came.

    Args:
        members: Who is there.
        game: The game.
        merge: Whether seats that stay free go to members of the team, who then head several departments.
    """
    seated = {seat.member for seat in game.seats.values()}
    waiting = [
        person.number for person in members.present.values() if not person.watches and person.number not in seated
    ]
    free = {team: [name for (owner, name), seat in game.seats.items() if owner == team and seat.by == NOBODY]
            for team in game.teams}  # fmt: skip
    given: Seating = []
    for member in waiting:
        team = max(game.teams, key=lambda name: len(free[name]))
        if free[team]:
            given.append((team, free[team].pop(0), member))
    return given + (_merged(game, free, given) if merge else [])


def _merged(game: Workshop, free: dict[str, list[str]], given: Seating) -> Seating:
    """The seats that are left, to those of the team with the fewest."""
    added: Seating = []
    for team, names in free.items():
        heads = [seat.member for (owner, _), seat in game.seats.items() if owner == team and seat.by == MEMBER]
        heads += [member for owner, _, member in given if owner == team]
        people = [member for member in dict.fromkeys(heads) if member is not None]
        added += [(team, name, people[number % len(people)]) for number, name in enumerate(names) if people]
    return added

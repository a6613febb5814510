"""Further categories that a customer holds and needs, one bit per category."""

from sim.model.equations.sales_calls import useful_share
from sim.model.month_context import MonthContext
from sim.numeric.compiling import rule


@rule
def has(bits: int, category: int) -> bool:
    """Whether a further category is in a set of them.

    >>> has(5, 0), has(5, 1), has(5, 2)
    (True, False, True)
    """
    return (bits >> category) & 1 == 1


@rule
def with_category(bits: int, member: int) -> int:
    """A set with one more member.

    >>> with_category(1, 1), with_category(3, 1)
    (3, 3)
    """
    return bits | (1 << member)


@rule
def further_categories(me: MonthContext) -> int:
    """Categories beside the first."""
    return int(me.parameters.economics_categories) - 1


@rule
def in_common(bits: int, others: int, categories: int) -> int:
    """Number of categories that are in both sets.

    >>> in_common(7, 5, 3), in_common(7, 5, 2)
    (2, 1)
    """
    count = 0
    for category in range(categories):
        if has(bits, category) and has(others, category):
            count += 1
    return count


@rule
def take(me: MonthContext, category: int) -> None:
    """The customer takes a further category."""
    me.person.holds = with_category(int(me.person.holds), category)
    me.person.categories += 1


@rule
def give_up(me: MonthContext, category: int) -> None:
    """The customer gives a further category up."""
    me.person.holds = int(me.person.holds) & ~(1 << category)
    me.person.categories -= 1


@rule
def wanted_next(me: MonthContext) -> int:
    """The category that a customer takes unasked: the first not held that serves a need, else the first not held."""
    wants, holds = int(me.person.wants), int(me.person.holds)
    for category in range(further_categories(me)):
        if has(wants, category) and not has(holds, category):
            return category
    for category in range(further_categories(me)):
        if not has(holds, category):
            return category
    return 0


@rule
def usefulness(me: MonthContext) -> float:
    """Part of what the customer pays for that serves a need; what sales did not sell always does."""
    if me.parameters.sales_call_hours <= 0.0 or int(me.person.holds) == 0:
        return 1.0
    wants, holds, categories = int(me.person.wants), int(me.person.holds), further_categories(me)
    return useful_share(
        in_common(holds, wants, categories), in_common(holds, holds, categories), me.parameters.economics_category_value
    )

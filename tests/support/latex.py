"""Equations of pages, computed: enough of LaTeX for sums, products, powers, fractions, roots and a few functions."""

import math
import re

TOKEN = re.compile(r"\\[a-zA-Z]+|\d+(?:\.\d+)?|[a-zA-Z]|[-+/(){}\[\]^_,=']|\S")
FUNCTIONS = {r"\exp": math.exp, r"\min": min, r"\max": max}
SIZES = (r"\left", r"\right", r"\,", r"\;")
ENDS = {None, ")", "]", "}", ",", "+", "-"}


def sides(equation):
    """Name on the left and text on the right of an equation."""
    left, _, right = equation.partition("=")
    return left.strip(), right.strip()


def value(text, numbers):
    """What a text of LaTeX comes to, for a number for each of its symbols.

    Square brackets hold what is in them between 0 and 1, as on the page of the model.
    """
    reader = Reader([token for token in TOKEN.findall(text) if token not in SIZES], numbers)
    result = reader.total()
    assert reader.seen() is None, f"not understood from {reader.seen()!r} on: {text}"
    return result


class Reader:
    """Reads tokens one after the other."""

    def __init__(self, tokens, numbers):
        self.tokens, self.numbers, self.place = tokens, numbers, 0

    def seen(self):
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def take(self, wanted=None):
        token = self.seen()
        assert wanted is None or token == wanted, f"{wanted!r} is wanted, {token!r} stands there"
        self.place += 1
        return token

    def total(self):
        sign = -1.0 if self.seen() == "-" and self.take() else 1.0
        result = sign * self.product()
        while self.seen() in ("+", "-"):
            result += self.product() if self.take() == "+" else -self.product()
        return result

    def product(self):
        result = self.power()
        while self.seen() not in ENDS:
            result *= self.power()
        return result

    def power(self):
        base = self.atom()
        if self.seen() == "^":
            self.take()
            base **= self.group()
        return base

    def group(self):
        """What stands in braces, or the next token alone."""
        if self.seen() != "{":
            return self.atom()
        self.take()
        result = self.total()
        self.take("}")
        return result

    def atom(self):
        token = self.take()
        if token == "(":
            return self.until(")")
        if token == "[":
            return min(1.0, max(0.0, self.until("]")))
        if token == r"\frac":
            return self.group() / self.group()
        if token == r"\sqrt":
            return math.sqrt(self.group())
        if token in FUNCTIONS:
            self.take("(")
            return FUNCTIONS[token](*self.several())
        return float(token) if token[0].isdigit() else self.numbers[self.symbol(token)]

    def until(self, end):
        result = self.total()
        self.take(end)
        return result

    def several(self):
        results = [self.total()]
        while self.take() == ",":
            results.append(self.total())
        return results

    def symbol(self, name):
        """A symbol with its index, if it has one."""
        if self.seen() == "_":
            self.take()
            name += "_" + self.take()
        return name

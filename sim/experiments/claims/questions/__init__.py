"""The five questions of our own: markets in which it pays, the J-curve, what drives the answer, silos, adoption by all."""

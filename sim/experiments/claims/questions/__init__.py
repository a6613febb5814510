"""The five questions of our own: where it pays, the J-curve, what drives it, silos, adoption by all."""

"""What theory and data demand: limits, directions, conservation, believable worlds."""

"""From a purchase log to parameters: fits, and a world that has them."""

"""The workshop: a market whose firms are teams and whose departments are roles."""

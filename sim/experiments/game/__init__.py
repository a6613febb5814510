"""The workshop's market: teams are firms, roles are departments of the model, and rounds are forks of one world."""

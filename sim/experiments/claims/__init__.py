"""The ledger of claims: what practitioners say, stated so that it can fail, registered, run and judged."""

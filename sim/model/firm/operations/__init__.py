"""Operations: service desk, sales force, receivables, improvement, choice of customers."""

"""What use costs: prices, and later the ledger, budgets and statistics."""

"""What use costs: prices, budgets, the ledger, and its sums by day.

budgets   what may be spent, in which period      BUDGETS in functions/.env
ledger    an entry for each attempt               ledger/{id}
teller    reservations and settlements commit     budgets/{id}, ledger/{id}, usageDays/{id}
"""

from colonycraft.usage.operations import OPERATIONS

__all__ = ["OPERATIONS"]

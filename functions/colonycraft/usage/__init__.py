"""What use costs: prices, budgets, the ledger, and its sums by day.

budgets   what may be spent, in which period      BUDGETS in functions/.env
ledger    an entry for each attempt               ledger/{id}
teller    reservations and settlements commit     budgets/{id}, ledger/{id}, usageDays/{id}
rebuild   do the sums agree with the ledger
rollups   sums of a day of all people             usageTotals/{day}
summaries what of them an administrator asks for
reconcile do ours agree with a provider's, as `exports` reads its reports
"""

from colonycraft.usage.operations import OPERATIONS
from colonycraft.usage.rebuild import sweep

__all__ = ["OPERATIONS", "sweep"]

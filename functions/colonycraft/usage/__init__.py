"""What use costs: prices, budgets, the ledger, and its sums by day.

budgets   what may be spent, in which period      BUDGETS in functions/.env
spending  what holds: the settings, and what      organisations/workspace
          an administrator has saved
ledger    an entry for each attempt               ledger/{id}
teller    reservations and settlements commit     budgets/{id}, ledger/{id}, usageDays/{id}
rebuild   do the sums agree with the ledger
rollups   sums of a day of all people             usageTotals/{day}
summaries what of them an administrator asks for
reconcile do ours agree with a provider's, as `exports` reads its reports
"""

from colonycraft.usage import operations, policy_operations
from colonycraft.usage.rebuild import sweep

OPERATIONS = (*operations.OPERATIONS, *policy_operations.OPERATIONS)

__all__ = ["OPERATIONS", "sweep"]

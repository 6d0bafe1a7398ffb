"""What people think of it: ratings of answers, reports of problems, and how much it is used.

Nothing of this leaves the workspace's own database. Ratings and use are counted for nobody who has
said so (`people.updatePreferences`, `metrics` false).
"""

from colonycraft.feedback.operations import OPERATIONS

__all__ = ["OPERATIONS"]

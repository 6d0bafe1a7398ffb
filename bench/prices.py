"""Google's list prices in us-central1, in US dollars, beyond the free quota.

Google's own pages of Firestore's prices show the numbers only after a location is chosen, so the
numbers for Firestore are from others who quote them, and differ from some that quote another
location: compare them with https://cloud.google.com/firestore/pricing before a budget is made.
"""

import math
from dataclasses import dataclass

# Firestore, Standard edition, a document each. Read on 2026-11-27 in
# https://airbyte.com/data-engineering-resources/google-firestore-pricing (reads, writes; undated)
# and in comparisons of Firestore's editions (all three).
READ = 0.03 / 100_000
WRITE = 0.09 / 100_000
DELETE = 0.01 / 100_000

# Cloud Run functions of the 2nd generation, which are billed as Cloud Run services are: tier 1,
# processor only while requests are answered. https://cloud.google.com/run/pricing, a stored copy
# without a date read on 2026-11-27; the price of a request from
# https://cloudwebschool.com/tools/cloud-run-cost-calculator/, read on the same day.
VCPU_SECOND = 0.000024
GIB_SECOND = 0.0000025
REQUEST = 0.40 / 1_000_000
BILLED_IN = 0.1
"""Seconds: what is begun of it is paid."""

VCPUS, GIB = 1, 0.5
"""What `chat` is deployed with: functions/colonycraft/platform/deployment.py."""


@dataclass(frozen=True)
class Operations:
    """Documents of one turn."""

    reads: int
    writes: int
    deletes: int


def firestore(one: Operations) -> float:
    """Dollars for one turn, without storage and network."""
    return one.reads * READ + one.writes * WRITE + one.deletes * DELETE


def compute(seconds: float, concurrency: int) -> float:
    """Dollars for one turn of so many seconds in an instance that always has so many at once."""
    billed = math.ceil(seconds / BILLED_IN) * BILLED_IN
    return billed / concurrency * (VCPUS * VCPU_SECOND + GIB * GIB_SECOND) + REQUEST

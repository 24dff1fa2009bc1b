"""The rules in force in a register, and how they go over from one edition to the next."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from tracing.ports import Records, StoreTrouble
from tracing.rulings import Rulings

Clock = Callable[[], datetime]


RESTORING = "restoring"
"""What stands for the rules in force while facts are being brought in from elsewhere."""


class OtherRules(StoreTrouble):
    """The rules in force in the database are not those of this program."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The rules of a register, with the digest by which the database knows them."""

    rulings: Rulings
    digest: str
    zone: ZoneInfo

    def at(self, as_of: datetime) -> str:
        """Return what names the rules that hold at a moment: the digest, and the newest edition in force.

        An edition that comes into force may change the answer about anybody.
        """
        begun = self.rulings.editions_until(as_of.date())
        return f"{self.digest}/{begun[-1].name if begun else ''}"


def bring_into_force(records: Records, rules: InForce, now: datetime) -> None:
    """Go on under the rules that hold now; everybody is marked stale if an edition came into force.

    Raises:
        OtherRules: if the database has other rules in force than this program.
    """
    charter = records.charter()
    if charter and charter.rules == rules.at(now):
        return
    if charter and charter.rules == RESTORING:
        raise OtherRules("facts are being restored or copied into this database; asking later would be right")
    if charter is None or charter.digest != rules.digest:
        raise OtherRules(
            "the database has other rules in force than this program; "
            "`shouwang rules activate` or a program with the same rules would be right"
        )
    records.mark_stale(records.people())
    records.activate(replace(charter, rules=rules.at(now)), (), now)

"""What the shipped overlays change for people."""

from api.rulebooks import rulings
from tests.spec.builders import diagnosis, exposure, fact, known, order, stay, when
from tracing.assessment import assess
from tracing.question import Question


def last_day(*facts, person, overlay, edition):
    question = Question(known(*facts), rulings("nhc-covid19", edition, overlay), when("2021-06-10").last)
    (found,) = assess(question, [person])
    return found.observation.last_day and found.observation.last_day.isoformat()


def test_a_township_observes_who_met_a_returnee():
    facts = (
        stay(person="returnee", area="420100", first_day="2020-01-01", last_day="2020-01-20"),
        exposure(start="2020-01-24", participants=["returnee", "contact"]),
    )

    assert last_day(*facts, person="contact", overlay="township-2020-01", edition="3") == "2020-02-07"
    assert last_day(*facts, person="contact", overlay=None, edition="3") is None


def test_a_case_found_in_a_facility_restarts_the_floors_beside_it():
    facts = [
        order(
            id=f"order {floor}", person=f"on floor {floor}", first_day="2021-06-02", site="hotel", floor=floor
        )
        for floor in (3, 4, 5)
    ]
    case = diagnosis(person="on floor 3", day="2021-06-07", onset="2021-06-07")
    site = fact("place", id="hotel", name="a hotel", area="420106")

    asked = {"overlay": "facility-floors", "edition": "8"}
    assert last_day(site, *facts, case, person="on floor 4", **asked) == "2021-06-28"
    assert last_day(site, *facts, case, person="on floor 5", **asked) is None

"""What the service is compared with: Flask routes that make the same calls of the store and of the trail.

Nobody is asked who they are, nothing is parted by areas, and of an answer only its size is said.
"""

from flask import Flask, request

from api.clock import instant, now
from api.trail import Trail
from api.wiring import register_and_office_at
from tracing.audit import Done
from tracing.casework import record
from tracing.days import read_when
from tracing.lookup import found_by
from tracing.register import Asked
from tracing.secrecy import Clue


def create_app() -> Flask:
    """Return the bare service over the configured database."""
    app, (register, office) = Flask("bare", static_folder=None), register_and_office_at(None)
    zone, trail = register.rules.zone, Trail(office)

    def noted(number: int) -> str:
        trail.note(instant(zone), Done(None, "", request.path, (), 200))
        return str(number)

    @app.get("/api/v1/areas/<area>/worklist")
    def of_area(area: str) -> str:
        asked = Asked(register.rules.rulings, read_when(request.args["day"], zone).last)
        return noted(len(register.of_area(asked, area).assessments))

    @app.get("/api/v1/persons/<person>/assessment")
    def of_person(person: str) -> str:
        asked = Asked(register.rules.rulings, now(zone))
        return noted(len(register.of_people(asked, [person]).assessments))

    @app.post("/api/v1/persons/search")
    def looked_up() -> str:
        clues = {Clue(name): text for name, text in request.get_json().items()}
        return noted(len(register.store.read(lambda facts: found_by(facts, clues))))

    @app.post("/api/v1/facts")
    def facts() -> str:
        lines = enumerate(request.get_json(), 1)
        return noted(record(register.store, register.rules, lines, lambda: instant(zone)).new)

    return app

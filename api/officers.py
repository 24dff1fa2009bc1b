"""Letting somebody work here: their name, their area, their token."""

import re
import secrets

from tracing.office import Office, Officer, Pass, PassKind, secret_digest

NAME = re.compile(r"[\w.@-]{1,64}\Z")
AREA = re.compile(r"([0-9]{2,32})?\Z", re.ASCII)


def given_token(office: Office, officer: Officer, granted: Pass) -> str:
    """Let an officer work here and return their new token; every pass they had is good no more."""
    token = secrets.token_urlsafe(32)
    office.appoint(officer)
    for kind in PassKind:
        office.revoke_all(officer.name, kind)
    office.grant(officer.name, secret_digest(token), granted)
    return token

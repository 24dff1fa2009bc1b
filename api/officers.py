"""Letting somebody work here: their name, their area, their token."""

import re
import secrets

from tracing.office import Office, Officer, Pass, PassKind, secret_digest

NAME = re.compile(r"[\w.@-]{1,64}\Z")
AREA = re.compile(r"([0-9]{2,32})?\Z", re.ASCII)


def given_token(office: Office, officer: Officer, granted: Pass) -> str:
    """Let an officer work here and return their new token; every pass they had is good no more."""
    office.appoint(officer)
    for kind in PassKind:
        office.revoke_all(officer.name, kind)
    return given_pass(office, officer.name, granted)


def given_pass(office: Office, name: str, granted: Pass) -> str:
    """Give an officer a pass and return its secret, which is kept nowhere."""
    secret = secrets.token_urlsafe(32)
    office.grant(name, secret_digest(secret), granted)
    return secret

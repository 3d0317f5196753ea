"""What a provider says of somebody who signed in, turned into a person with a role, or refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from guarding.settings import Rights
from indexer.errors import RightsError

Role = Literal["reader", "editor", "administrator"]
# Clocks of two machines may differ by that many seconds.
_LEEWAY = 120
_AGAIN = "Sign in again."


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signed in. `id` is theirs alone, across providers; `name` is for the screen."""

    id: str
    name: str
    role: Role

    @property
    def may_change(self) -> bool:
        """Whether they may change the library."""
        return self.role in ("editor", "administrator")


def person_of(
    claims: Mapping[str, object], rights: Rights, client: str, hours: int, now: float
) -> Person:
    """The person whom these claims of a checked identity token name.

    `client` is whom the token must be made out to, `hours` how long ago it may have been made.
    Raises RightsError for a token made out to another program, too old, or of one not let in.
    """
    if claims.get("is_logged_in") is not True:
        raise RightsError("Nobody is signed in. Sign in first.")
    issuer, subject = _text(claims.get("iss")), _text(claims.get("sub"))
    if not issuer or not subject:
        raise RightsError(f"The sign-in does not say who you are. {_AGAIN}")
    # The library that reads tokens lets one pass that is made out to another program but names us
    # as the party that asked for it.
    if client not in _texts(claims.get("aud")):
        raise RightsError(f"The sign-in was made out to another program. {_AGAIN}")
    made = claims.get("iat")
    if isinstance(made, bool) or not isinstance(made, int | float):
        raise RightsError(f"The sign-in does not say when it was made. {_AGAIN}")
    if not -_LEEWAY <= now - made <= hours * 3600:
        raise RightsError(f"You signed in more than {hours} hours ago. {_AGAIN}")
    known_as = _known_as(claims, subject)
    role = _role(claims, rights, known_as)
    if rights.readers and role == "reader" and not known_as & rights.readers:
        raise RightsError("You are signed in, but not among those who may use this. Ask for it.")
    email = _text(claims.get("email"))
    name = _text(claims.get("name")) or email or subject
    return Person(f"{issuer} {subject}", name[:100], role)


def _known_as(claims: Mapping[str, object], subject: str) -> frozenset[str]:
    """What a list may name somebody by. An address that nobody has verified is anybody's."""
    email = _text(claims.get("email")).casefold()
    if claims.get("email_verified") is not True or email.count("@") != 1:
        return frozenset({subject.casefold()})
    return frozenset({subject.casefold(), email, email[email.index("@") :]})


def _role(claims: Mapping[str, object], rights: Rights, known_as: frozenset[str]) -> Role:
    held = set(_texts(_claim(claims, rights.claim))) if rights.claim else set[str]()
    if rights.administrator_role in held or known_as & rights.administrators:
        return "administrator"
    if rights.editor_role in held or known_as & rights.editors:
        return "editor"
    return "reader"


def _claim(claims: Mapping[str, object], path: str) -> object:
    """A claim by its name, or by names with dots between them, each inside the one before."""
    if path in claims:
        return claims[path]
    found: object = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Iterable) and not isinstance(value, Mapping | bytes):
        return tuple(each for each in value if isinstance(each, str))
    return ()

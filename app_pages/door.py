"""The door: who is signed in and what they may do, asked before anything is drawn or opened.

Without FINDINGS_SIGN_IN=required everybody may come in, and nobody is known.
"""

import os
import time
from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.runtime.scriptrunner import get_script_run_ctx

from app_pages.literal import literal
from app_pages.recording import record
from guarding.people import Person, person_of
from guarding.returning import REFUSED
from guarding.settings import Settings, read_settings
from guarding.signing_in import sign_in_faults
from guarding.windows import Uploaders
from indexer.errors import RightsError, SettingsError

_ROOT = Path(__file__).parents[1]
_FAILED = "sign_in_failed"
_TOLD = "signed_in_told"
READ_ONLY = "This library can be read here, not changed."
# The windows that may send files, for the server, which takes them before a page is drawn.
UPLOADERS = Uploaders()


def settings() -> Settings:
    """The settings of signing in, audit and limits. Raises SettingsError."""
    return read_settings(_ROOT)


def person() -> Person | None:
    """Who is signed in; None where nobody has to.

    Raises RightsError where somebody has to and is not, or may not come in, and SettingsError
    where signing in is not set up.
    """
    held = settings()
    if not held.is_sign_in_required:
        return None
    auth = _auth()
    faults = sign_in_faults(
        auth,
        has_xsrf=bool(st.get_option("server.enableXsrfProtection")),
        trusted_headers=st.get_option("server.trustedUserHeaders"),
    )
    if faults:
        raise SettingsError(" ".join(faults))
    claims: Mapping[str, object] = st.user.to_dict()
    client = str(auth["client_id"])
    return person_of(claims, held.rights, client, held.sign_in_hours, time.time())


def reader_id() -> str:
    """The id of whoever is signed in, "" where nobody has to be. Raises as `person`."""
    who = person()
    return who.id if who else ""


def may_change() -> bool:
    """Whether whoever looks may change the library. Raises as `person`."""
    who = person()
    return not is_readonly() and (who is None or who.may_change)


def may_build() -> bool:
    """Whether whoever looks may have a missing library built. Raises as `person`."""
    who = person()
    return who is None or who.may_change


def is_readonly() -> bool:
    """Whether the library may only be looked at, whoever looks."""
    return os.environ.get("FINDINGS_LIBRARY", "").strip().casefold() == "readonly"


def check_may_change() -> None:
    """Raise RightsError where whoever asks may not change the library."""
    if is_readonly():
        raise RightsError(READ_ONLY)
    if not may_change():
        raise RightsError("Only an editor can change this library. Ask one to do it.")


def who_asks() -> str:
    """Whom an entry of the audit log names: who is signed in, else the window. Raises as `person`.

    A window's name is made up for as long as it is open; it leads to nobody.
    """
    return reader_id() or f"window {session()[:8]}"


def session() -> str:
    """The name of this window; "" where a page is drawn without a server."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def passes() -> bool:
    """Whether the page may be drawn; where not, what stands in its place has been drawn."""
    try:
        who = person()
    except SettingsError as error:
        UPLOADERS.allow(session(), False)
        _draw_closed(str(error))
        return False
    except RightsError as error:
        UPLOADERS.allow(session(), False)
        _draw_sign_in(str(error))
        return False
    UPLOADERS.allow(session(), may_change())
    if who is not None:
        if st.session_state.get(_TOLD) != who.id:
            record(settings().audit, "signed_in", who.id, {"name": who.name, "role": who.role})
            st.session_state[_TOLD] = who.id
        _draw_account(who)
    return True


def is_open() -> bool:
    """Whether whoever looks may come in."""
    try:
        person()
    except (SettingsError, RightsError):
        return False
    return True


def _auth() -> Mapping[str, object]:
    """What `secrets.toml` says of signing in; nothing where it says nothing that can be read."""
    try:
        auth = st.secrets["auth"]
    except (KeyError, ValueError, OSError, StreamlitSecretNotFoundError):
        return {}
    return auth if isinstance(auth, Mapping) else {}


def _draw_closed(said: str) -> None:
    st.title("Findings is closed", anchor=False)
    st.markdown(
        "Its settings are not in order, so nobody can be let in. Whoever looks after it has to:"
    )
    st.markdown(literal(said))


def _draw_sign_in(said: str) -> None:
    if st.query_params.get(REFUSED):
        del st.query_params[REFUSED]
        st.session_state[_FAILED] = True
    st.title("Sign in to Findings", anchor=False)
    is_known = bool(st.user.get("is_logged_in"))
    if is_known:
        st.error(literal(said), icon=":material/error:")
    elif st.session_state.pop(_FAILED, False):
        st.error("Signing in did not work. Try again.", icon=":material/error:")
    st.markdown("The reports are open to those who sign in. Your organisation asks who you are.")
    st.button("Sign in", type="primary", icon=":material/login:", on_click=st.login)
    if is_known:
        st.button("Sign out", icon=":material/logout:", on_click=st.logout)


def _draw_account(who: Person) -> None:
    kept = settings().audit
    with st.sidebar, st.popover(literal(who.name), icon=":material/account_circle:"):
        st.markdown(f"You are signed in as {_ROLES[who.role]}.")
        if kept.state != "off":
            what = "What you ask" if kept.has_questions else "That you asked"
            st.caption(f"{what} and what is shown to you is kept for {kept.days} days.")
        st.button("Sign out", icon=":material/logout:", on_click=st.logout)


_ROLES = {
    "reader": "a reader",
    "editor": "an editor, who may change the library",
    "administrator": "an administrator, who may change the library",
}

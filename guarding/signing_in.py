"""Whether signing in is set up so that it can be relied on; what is missing, in sentences."""

from collections.abc import Mapping
from importlib.util import find_spec
from urllib.parse import urlsplit

_WHERE = ".streamlit/secrets.toml, section [auth]"
_NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_SHORTEST_SECRET = 32
_CALLBACK = "/oauth2callback"
_LOCAL = ("localhost", "127.0.0.1", "::1")


def sign_in_faults(
    auth: Mapping[str, object], *, has_xsrf: bool, trusted_headers: object
) -> tuple[str, ...]:
    """What keeps signing in from working safely, each a sentence for the administrator.

    `auth` is the section of that name; `trusted_headers` whatever the server takes a name from
    without asking the provider. None of the secrets is repeated.
    """
    faults = []
    if find_spec("authlib") is None:
        faults.append("Install Authlib: pip install -r requirements.txt.")
    missing = [name for name in _NEEDED if not str(auth.get(name) or "").strip()]
    if missing:
        faults.append(f"Put {', '.join(missing)} into {_WHERE}.")
    if 0 < len(str(auth.get("cookie_secret") or "")) < _SHORTEST_SECRET:
        faults.append(
            f"Make cookie_secret in {_WHERE}, at least {_SHORTEST_SECRET} random characters long."
        )
    for name in ("redirect_uri", "server_metadata_url"):
        if name not in missing and not _is_safe(str(auth.get(name))):
            faults.append(f"Begin {name} in {_WHERE}, with https://.")
    if "redirect_uri" not in missing and not str(auth["redirect_uri"]).endswith(_CALLBACK):
        faults.append(f"End redirect_uri in {_WHERE}, with {_CALLBACK}.")
    if not has_xsrf:
        faults.append("Set server.enableXsrfProtection to true.")
    if trusted_headers:
        faults.append("Leave server.trustedUserHeaders empty: anyone could send such a header.")
    return tuple(faults)


def _is_safe(address: str) -> bool:
    """Whether nobody on the way can read or change what goes to that address."""
    try:
        parts = urlsplit(address.replace("{port}", "0"))
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)

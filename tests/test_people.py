"""Claims become a person with a role, or are refused; signing in is set up safely or not at all."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guarding.people import Person, person_of
from guarding.settings import Rights
from guarding.signing_in import sign_in_faults
from indexer.errors import RightsError

NOW = 1_800_000_000.0
CLAIMS: dict[str, object] = {
    "is_logged_in": True, "iss": "https://id.example", "sub": "u1", "aud": "findings",
    "iat": NOW - 60, "name": "Ann", "email": "Ann@Example.org", "email_verified": True,
}  # fmt: skip
RIGHTS = Rights(
    claim="realm.roles",
    editors=frozenset({"ann@example.org"}),
    administrators=frozenset({"@admin.example.org", "u9"}),
)


def person(rights: Rights = RIGHTS, /, **claims: object) -> Person:
    return person_of({**CLAIMS, **claims}, rights, "findings", 12, NOW)


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({}, "editor"),
        ({"email_verified": False}, "reader"),
        ({"email_verified": "true"}, "reader"),
        ({"email_verified": None}, "reader"),
        ({"email": "bob@example.org"}, "reader"),
        ({"email": "bob@admin.example.org"}, "administrator"),
        ({"email": "bob@evil.example@admin.example.org"}, "reader"),
        ({"sub": "U9"}, "administrator"),
        ({"realm": {"roles": ["administrator"]}}, "administrator"),
        ({"realm": {"roles": "editor"}, "email": ""}, "editor"),
        ({"realm.roles": ["administrator"]}, "administrator"),
        ({"realm": ["roles"], "email": ""}, "reader"),
        ({"roles": ["administrator"], "email": ""}, "reader"),
        ({"realm": {"roles": [["administrator"], 1]}, "email": ""}, "reader"),
    ],
)
def test_a_role_comes_from_the_claim_or_a_list(claims: dict[str, object], role: str) -> None:
    assert person(**claims).role == role


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"is_logged_in": False}, "Nobody is signed in"),
        ({"is_logged_in": "true"}, "Nobody is signed in"),
        ({"sub": ""}, "does not say who you are"),
        ({"iss": None}, "does not say who you are"),
        ({"aud": "other", "azp": "findings"}, "made out to another program"),
        ({"aud": ["other"]}, "made out to another program"),
        ({"aud": {"findings": 1}}, "made out to another program"),
        ({"iat": NOW - 13 * 3600}, "more than 12 hours ago"),
        ({"iat": NOW + 600}, "more than 12 hours ago"),
        ({"iat": True}, "does not say when"),
        ({"iat": "now"}, "does not say when"),
    ],
)
def test_claims_that_do_not_hold_are_refused(claims: dict[str, object], said: str) -> None:
    with pytest.raises(RightsError, match=said):
        person(**claims)


def test_only_those_named_may_read_where_any_are() -> None:
    rights = Rights(readers=frozenset({"@example.org"}), editors=frozenset({"u7"}))
    assert person(rights).role == "reader"
    assert person(rights, sub="u7", email_verified=False).role == "editor"
    with pytest.raises(RightsError, match="not among those"):
        person(rights, email_verified=False)
    with pytest.raises(RightsError, match="not among those"):
        person(rights, email="ann@example.org.evil.example")


def test_the_same_subject_of_two_providers_is_two_people() -> None:
    assert person().id != person(iss="https://other.example").id


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=9), st.lists(st.text(max_size=9)),
    st.dictionaries(st.text(max_size=9), st.text(max_size=9)),
)  # fmt: skip


@given(claims=st.dictionaries(st.sampled_from(sorted({*CLAIMS, "roles", "azp"})), VALUES))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_claims_but_the_one_named_give_a_role(claims: dict[str, object]) -> None:
    try:
        found = person(Rights(claim="realm.roles"), **claims)
    except RightsError:
        return
    assert found.role == "reader"


AUTH = {
    "redirect_uri": "https://findings.example/oauth2callback",
    "cookie_secret": "x" * 32,
    "client_id": "findings",
    "client_secret": "not told",
    "server_metadata_url": "https://id.example/.well-known/openid-configuration",
}


@pytest.mark.parametrize(
    ("auth", "said"),
    [
        ({"client_secret": ""}, "Put client_secret into"),
        ({"cookie_secret": "short"}, "Make cookie_secret"),
        ({"redirect_uri": "http://findings.example/oauth2callback"}, "Begin redirect_uri"),
        ({"redirect_uri": "https://findings.example/"}, "End redirect_uri"),
        ({"server_metadata_url": "http://id.example/"}, "Begin server_metadata_url"),
    ],
)
def test_what_is_missing_is_named_and_no_secret_told(auth: dict[str, str], said: str) -> None:
    faults = sign_in_faults({**AUTH, **auth}, has_xsrf=True, trusted_headers=None)
    assert len(faults) == 1
    assert faults[0].startswith(said)
    assert "not told" not in faults[0]


def test_signing_in_that_is_set_up_has_no_faults() -> None:
    assert sign_in_faults(AUTH, has_xsrf=True, trusted_headers={}) == ()


def test_a_door_beside_the_door_is_a_fault() -> None:
    assert len(sign_in_faults(AUTH, has_xsrf=False, trusted_headers={"X-User": "sub"})) == 2
    assert sign_in_faults({}, has_xsrf=True, trusted_headers=None)[0].startswith("Put redirect_uri")


def test_without_authlib_nobody_is_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guarding.signing_in.find_spec", lambda name: None)
    assert sign_in_faults(AUTH, has_xsrf=True, trusted_headers=None) == (
        "Install Authlib: pip install -r requirements.txt.",
    )

"""Settings read, and slips in them refused."""

import tomllib
from pathlib import Path

import pytest

from guarding.settings import read_settings
from indexer.errors import SettingsError

ROOT = Path("/nowhere")


def test_nothing_set_is_as_published_reports_want_it() -> None:
    settings = read_settings(ROOT, {})
    assert not settings.is_sign_in_required
    assert settings.audit.state == "off"
    assert settings.audit.folder == ROOT / "audit"
    assert (settings.questions, settings.questions_of_all) == (30, 600)
    assert not settings.has_metrics


def test_signing_in_brings_the_audit_log_unless_told_otherwise() -> None:
    required = {"FINDINGS_SIGN_IN": "Required "}
    assert read_settings(ROOT, required).audit.state == "on"
    assert read_settings(ROOT, {**required, "FINDINGS_AUDIT": "off"}).audit.state == "off"
    assert read_settings(ROOT, {"FINDINGS_AUDIT": "required"}).audit.state == "required"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FINDINGS_SIGN_IN", "yes"),
        ("FINDINGS_SIGN_IN", "requried"),
        ("FINDINGS_SIGN_IN_HOURS", "0"),
        ("FINDINGS_AUDIT", "1"),
        ("FINDINGS_AUDIT_DAYS", "-3"),
        ("FINDINGS_AUDIT_QUESTIONS", "no"),
        ("FINDINGS_QUESTIONS_PER_MINUTE", "many"),
        ("FINDINGS_QUESTIONS_PER_MINUTE", "9" * 400),
        ("FINDINGS_METRICS", "public"),
    ],
)
def test_a_slip_is_an_error_and_never_the_default(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"The setting {name} is"):
        read_settings(ROOT, {name: value})


def test_names_stand_between_commas() -> None:
    settings = read_settings(ROOT, {"FINDINGS_EDITORS": " Ann@Example.org, ,bob ,@police.uk"})
    assert settings.rights.editors == {"ann@example.org", "bob", "@police.uk"}


def test_the_server_s_own_settings_are_the_safe_ones() -> None:
    path = Path(__file__).parents[1] / ".streamlit/config.toml"
    held = tomllib.loads(path.read_text("utf-8"))
    server = held["server"]
    assert server["enableXsrfProtection"]
    assert server["enableCORS"]
    assert server["headless"]
    assert not server["enableAgentApi"]
    assert not server["enableStaticServing"]
    assert (server["maxUploadSize"], server["maxWidgetStateSize"]) == (50, 2)
    assert held["client"]["showErrorDetails"] == "none"
    assert not held["browser"]["gatherUsageStats"]

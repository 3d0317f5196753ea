"""The files an administrator starts from agree with the program, and with each other."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from guarding.operations import HEALTH, METRICS
from tests.test_architecture import MAY_IMPORT

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
UNIT = (ROOT / "deploy" / "findings.service").read_text("utf-8")
NGINX = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
CADDY = (ROOT / "deploy" / "Caddyfile").read_text("utf-8")
START = (ROOT / "start.sh").read_text("utf-8")
MANUAL = (ROOT / "docs" / "administration.md").read_text("utf-8")
PORT = "8501"


def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    return read


def admitted() -> list[str]:
    """What .dockerignore lets into the image."""
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert lines[1] == "*"  # all is left out, but for what is named
    return [line[1:] for line in lines if line.startswith("!")]


def test_the_base_image_is_pinned_and_has_the_projects_python() -> None:
    found = re.search(
        r"^ARG PYTHON=python:(\d+\.\d+)\.\d+-slim-\w+@sha256:[0-9a-f]{64}$", DOCKERFILE, re.M
    )
    assert found
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert f'requires-python = ">={found[1]},<' in project
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.M) == ["${PYTHON}", "${PYTHON}"]


def test_the_image_holds_all_that_the_app_imports_and_nothing_that_is_not_there() -> None:
    let_in = admitted()
    for path in let_in:
        assert list(ROOT.glob(path)), f".dockerignore lets in {path}, which is not there"
    assert {"app.py", "start.sh", "requirements.txt", "corpus", ".streamlit"} <= set(let_in)
    assert {"app_pages", *MAY_IMPORT["app_pages"], *MAY_IMPORT["evaluation"]} <= set(let_in)
    assert not {"index", "briefings", "audit", "shared", ".git", ".venv", "tests"} & set(let_in)


def test_the_container_runs_what_is_there_as_nobody_in_particular() -> None:
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.M)
    assert re.search(r'^CMD \["\./start\.sh"\]$', DOCKERFILE, re.M)
    assert os.access(ROOT / "start.sh", os.X_OK)
    check = re.search(r'CMD \["/venv/bin/python", "(\S+)"\]', DOCKERFILE)
    assert check and (ROOT / check[1]).is_file() and check[1] in admitted()
    assert DOCKERFILE.rindex("USER 10001") > DOCKERFILE.rindex("RUN ")


def test_the_composed_server_can_write_to_its_volume_and_to_nothing_else() -> None:
    web = compose()["services"]["web"]
    assert web["user"] == "10001:10001" and web["read_only"] is True
    assert web["cap_drop"] == ["ALL"] and "no-new-privileges:true" in web["security_opt"]
    assert web["volumes"] == ["data:/data"] and web["mem_limit"] and web["pids_limit"]
    for name in ("CORPUS", "INDEX", "BRIEFINGS", "AUDIT_FOLDER"):
        assert re.search(rf"FINDINGS_{name}=/data/\w+", DOCKERFILE)


def test_only_a_proxy_on_the_same_machine_reaches_the_server_and_only_the_server_milvus() -> None:
    services = compose()["services"]
    assert all(port.startswith("127.0.0.1:") for port in services["web"]["ports"])
    assert "ports" not in services["milvus"] and services["milvus"]["networks"] == ["store"]
    assert compose()["networks"]["store"] == {"internal": True}
    assert services["milvus"]["profiles"] == ["milvus"]
    assert re.fullmatch(r"milvusdb/milvus:v\d+\.\d+\.\d+", services["milvus"]["image"])
    assert (ROOT / services["milvus"]["volumes"][1].split(":")[0]).is_file()


def test_one_port_and_one_size_of_upload_stand_everywhere() -> None:
    assert f"EXPOSE {PORT}" in DOCKERFILE and f"FINDINGS_PORT={PORT}" in DOCKERFILE
    assert f"FINDINGS_PORT:-{PORT}" in START
    assert compose()["services"]["web"]["ports"][0].endswith(f":{PORT}")
    assert f"server 127.0.0.1:{PORT};" in NGINX and f"reverse_proxy 127.0.0.1:{PORT}" in CADDY
    largest = re.search(r"FINDINGS_UPLOAD_MB:-(\d+)", START)
    assert largest
    for found in (
        re.search(r"client_max_body_size (\d+)m", NGINX),
        re.search(r"max_size (\d+)MB", CADDY),
    ):
        assert found and int(largest[1]) < int(found[1])


def test_both_proxies_pass_websockets_on_and_keep_operations_inside() -> None:
    assert "proxy_set_header Upgrade $http_upgrade;" in NGINX
    assert "proxy_set_header Host $host;" in NGINX
    for address in (HEALTH, METRICS, "/_stcore/metrics"):
        inside = re.search(r"location ~ \^/\((\S+)\) \{\s+allow 127.0.0.1;\s+deny all;", NGINX)
        assert inside and address.removeprefix("/") in inside[1].split("|")
        assert f"{address}*" in CADDY
    # One that is sent twice may mean something else.
    assert "Content-Security-Policy" not in NGINX + CADDY


def test_the_health_check_asks_where_the_program_answers() -> None:
    assert f'HEALTH = "{HEALTH}"' in (ROOT / "deploy" / "healthy.py").read_text("utf-8")


def test_the_unit_starts_what_is_there_and_keeps_it_in() -> None:
    started = re.search(r"^ExecStart=/opt/findings/(\S+)$", UNIT, re.M)
    assert started and os.access(ROOT / started[1], os.X_OK)
    assert (ROOT / "deploy" / "healthy.py").is_file() and "deploy/healthy.py" in UNIT
    for line in (
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "CapabilityBoundingSet=",
        "User=findings",
    ):
        assert f"\n{line}\n" in UNIT
    assert re.search(r"^MemoryMax=\d+G$", UNIT, re.M)
    folders = re.findall(r"FINDINGS_(?:CORPUS|INDEX|BRIEFINGS|AUDIT_FOLDER)=(\S+)", UNIT)
    assert len(folders) == 4 and all(each.startswith("/var/lib/findings/") for each in folders)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_reads_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "findings.service"
    unit.write_text(UNIT.replace("/opt/findings", str(ROOT)), "utf-8")
    said = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("caddy"), reason="Caddy is not installed")
def test_caddy_reads_its_example() -> None:
    command = [
        "caddy",
        "adapt",
        "--adapter",
        "caddyfile",
        "--config",
        str(ROOT / "deploy" / "Caddyfile"),
    ]
    assert subprocess.run(command, capture_output=True).returncode == 0


def settings_in(text: str) -> set[str]:
    return set(re.findall(r"\bFINDINGS_[A-Z]+(?:_[A-Z]+)*\b", text))


def program_files() -> Iterator[Path]:
    for folder in (
        "app_pages",
        "briefing",
        "drafting",
        "indexer",
        "search",
        "showing",
        "evaluation",
        "guarding",
        "safekeeping",
    ):
        yield from (ROOT / folder).rglob("*.py")
    yield from (
        ROOT / name
        for name in ("app.py", "serve.py", "run", "start.sh", "setup.sh", "deploy/healthy.py")
    )


def test_every_setting_is_in_the_administrators_table_and_no_other() -> None:
    table = settings_in(
        "\n".join(line for line in MANUAL.splitlines() if line.startswith("| `FINDINGS"))
    )
    used = set[str]().union(*(settings_in(path.read_text("utf-8")) for path in program_files()))
    guarded = (ROOT / "guarding" / "settings.py").read_text("utf-8")
    used |= {f"FINDINGS_{name}" for name in re.findall(r'read\.\w+\("([A-Z_]+)"', guarded)}
    assert sorted(used - table) == [], "settings that docs/administration.md does not list"
    assert sorted(table - used) == [], "settings listed that nothing reads"
    assert settings_in(DOCKERFILE) | settings_in(UNIT) <= table
    assert settings_in((ROOT / "compose.yaml").read_text("utf-8")) <= table

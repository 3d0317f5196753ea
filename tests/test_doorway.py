"""What stands between the browser and the app: headers, ways back, limits, health, metrics."""

import asyncio
import json
from pathlib import Path
from typing import Never

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

from guarding.asgi import Message, Receive, Scope, Send, Served
from guarding.headers import SafeHeaders, content_policy
from guarding.health import Checkup, Health
from guarding.metrics import Metrics
from guarding.operations import Operations
from guarding.returning import Returning, kept_path, safe_path
from guarding.windows import Uploaders, Uploads, Windows
from indexer.errors import IndexMissing
from serve import is_readers_message


def answering(*headers: tuple[bytes, bytes]) -> Served:
    """An app that answers everything alike."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
        await send({"type": "http.response.body", "body": b"app"})

    return app


def get(
    app: Served, path: str, *headers: tuple[bytes, bytes], method: str = "GET"
) -> list[Message]:
    """What an app sends for a request."""
    scope = {"type": "http", "method": method, "path": path, "headers": list(headers)}
    return asyncio.run(_sent(app, scope, []))


async def _sent(app: Served, scope: Scope, incoming: list[Message]) -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return incoming.pop(0) if incoming else {"type": "websocket.disconnect", "code": 1000}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent


def headers_of(sent: list[Message]) -> dict[bytes, bytes]:
    return dict(sent[0]["headers"])


def test_every_answer_tells_the_browser_what_pages_may_do() -> None:
    policy = content_policy("<script>\n  a = 1\n</script><script src='./x.js'></script>")
    theirs = ((b"X-Frame-Options", b"ALLOWALL"), (b"Content-Type", b"text/html"))
    found = headers_of(get(SafeHeaders(answering(*theirs), policy, False), "/"))
    assert found[b"x-frame-options"] == b"DENY"
    assert b"X-Frame-Options" not in found
    assert found[b"Content-Type"] == b"text/html"
    assert found[b"x-content-type-options"] == b"nosniff"
    assert found[b"referrer-policy"] == b"same-origin"
    assert b"strict-transport-security" not in found
    said = found[b"content-security-policy"].decode()
    assert "script-src 'self' blob: 'sha256-" in said
    assert "frame-ancestors 'none'" in said
    assert "unsafe-eval" not in said
    assert "unsafe-inline" not in said.partition("script-src")[2].partition(";")[0]


def test_behind_tls_cookies_go_by_nothing_else() -> None:
    cookies = ((b"set-cookie", b"a=1; HttpOnly"), (b"set-cookie", b"b=2; Secure"))
    sent = get(SafeHeaders(answering(*cookies), "", True), "/")
    held = [value for name, value in sent[0]["headers"] if name == b"set-cookie"]
    assert held == [b"a=1; HttpOnly; Secure", b"b=2; Secure"]
    assert headers_of(sent)[b"strict-transport-security"] == b"max-age=31536000"


@pytest.mark.parametrize(
    ("referrer", "kept"),
    [
        ("http://here/report?report=a-b&start=1", "/report?report=a-b&start=1"),
        ("http://here/?q=how+many%3F", "/?q=how+many%3F"),
        ("http://elsewhere/report", "/"),
        ("http://here.elsewhere/report", "/"),
        ("http://here@elsewhere/report", "/"),
        ("http://here//elsewhere/", "/"),
        ("http://here/\\elsewhere", "/"),
        ("http://here/a\r\nSet-Cookie: b=1", "/"),
        ("javascript:alert(1)", "/"),
        ("http://[", "/"),
        ("http://here/" + "a" * 3000, "/"),
        ("", "/"),
    ],
)
def test_the_way_back_stays_on_this_server(referrer: str, kept: str) -> None:
    assert kept_path(referrer, "here") == kept


@given(st.text())
def test_any_way_back_is_a_path_of_ours(path: str) -> None:
    safe = safe_path(path)
    assert safe.startswith("/")
    assert not safe.startswith(("//", "/\\"))
    assert safe.isprintable()
    assert safe.isascii()


def test_who_signs_in_comes_back_to_the_page_they_left() -> None:
    login = get(
        Returning(answering((b"location", b"https://id.example/"))),
        "/auth/login",
        (b"referer", b"http://here/?q=calls"),
        (b"host", b"here"),
    )
    cookie = headers_of(login)[b"set-cookie"].split(b";")[0]
    assert cookie == b"findings_return=%2F%3Fq%3Dcalls"
    theirs = ((b"location", b"/"), (b"set-cookie", b"_streamlit_user=abc; Path=/"))
    came = get(Returning(answering(*theirs)), "/oauth2callback", (b"cookie", cookie))
    assert headers_of(came)[b"location"] == b"/?q=calls"


@pytest.mark.parametrize("cookie", [b"", b'_streamlit_user=""; Max-Age=0', b"_streamlit_user=;"])
def test_who_is_not_signed_in_is_told(cookie: bytes) -> None:
    app = Returning(answering((b"location", b"/"), (b"set-cookie", cookie)))
    sent = get(app, "/oauth2callback", (b"cookie", b"findings_return=%2F%3Fq%3Dcalls"))
    assert headers_of(sent)[b"location"] == b"/?sign_in=refused"


@pytest.mark.parametrize(
    "cookie", [b"findings_return=https://elsewhere/", b"findings_return", b"="]
)
def test_a_forged_way_back_leads_to_the_first_page(cookie: bytes) -> None:
    theirs = ((b"location", b"/"), (b"set-cookie", b"_streamlit_user=abc; Path=/"))
    sent = get(Returning(answering(*theirs)), "/oauth2callback", (b"cookie", cookie))
    assert headers_of(sent)[b"location"] == b"/"


def test_files_are_taken_from_those_only_who_may_change_the_library() -> None:
    uploaders = Uploaders()
    app = Uploads(answering(), uploaders.allowed)
    uploaders.allow("w1", True)
    path = "/base/_stcore/upload_file/{}/f1"
    assert get(app, path.format("w1"), method="PUT")[0]["status"] == 200
    assert get(app, path.format("w2"), method="PUT")[0]["status"] == 403
    uploaders.allow("w1", False)
    assert get(app, path.format("w1"), method="PUT")[0]["status"] == 403
    assert get(app, path.format("w1"), method="DELETE")[0]["status"] == 200


async def hold(scope: Scope, receive: Receive, send: Send) -> None:
    """An app that reads until the window is closed."""
    while (await receive())["type"] != "websocket.disconnect":
        await send({"type": "heard"})


def test_a_window_too_many_is_closed() -> None:
    metrics = Metrics()
    app = Windows(hold, metrics, 1, bool)
    scope: Scope = {"type": "websocket", "path": "/_stcore/stream", "headers": []}

    async def two() -> list[Message]:
        first: asyncio.Event = asyncio.Event()

        async def wait() -> Message:
            await first.wait()
            return {"type": "websocket.disconnect"}

        async def ignore(message: Message) -> None:
            raise AssertionError(message)

        task = asyncio.create_task(app(scope, wait, ignore))
        await asyncio.sleep(0)
        sent = await _sent(app, scope, [{"type": "websocket.connect"}])
        first.set()
        await task
        return sent

    assert asyncio.run(two()) == [{"type": "websocket.close", "code": 1013}]
    assert "findings_windows 0\n" in metrics.as_text("", 0, True)


def test_a_window_that_floods_is_closed() -> None:
    flood: list[Message] = [{"type": "websocket.receive", "bytes": b"x"}] * 5_000
    scope: Scope = {"type": "websocket", "path": "/_stcore/stream", "headers": []}
    heard = asyncio.run(_sent(Windows(hold, Metrics(), 0, bool), scope, flood))
    assert 600 <= len(heard) < 700


INSTALL, DOWNLOAD = BackendOperationRequest(), BackendOperationRequest()
INSTALL.install_skills.SetInParent()
DOWNLOAD.deferred_file.file_id = "f1"


@pytest.mark.parametrize(
    ("message", "is_wanted"),
    [
        (BackMsg(rerun_script=ClientState(query_string="q=calls")), True),
        (BackMsg(app_heartbeat=True), True),
        (BackMsg(clear_cache=True), False),
        (BackMsg(set_run_on_save=True), False),
        (BackMsg(load_git_info=True), False),
        (BackMsg(debug_shutdown_runtime=True), False),
        (BackMsg(backend_operation_request=INSTALL), False),
        (BackMsg(backend_operation_request=DOWNLOAD), True),
        (BackMsg(), False),
    ],
)
def test_a_window_gets_no_further_with_what_is_for_developers(
    message: BackMsg, is_wanted: bool
) -> None:
    data = message.SerializeToString()
    assert is_readers_message(data) == is_wanted
    scope: Scope = {"type": "websocket", "path": "/_stcore/stream", "headers": []}
    sent: list[Message] = [{"type": "websocket.receive", "bytes": data}]
    app = Windows(hold, Metrics(), 0, is_readers_message)
    assert len(asyncio.run(_sent(app, scope, sent))) == is_wanted


def test_what_is_no_message_is_unwanted() -> None:
    assert not is_readers_message(b"\xff\xff\xff")


class Looked(Checkup):
    """A checkup whose outcome the test sets."""

    def __init__(self, health: Health) -> None:
        self._set = health

    def health(self) -> Health:
        """What the test set."""
        return self._set


def operations(health: Health, has_metrics: bool) -> Operations:
    return Operations(answering(), Looked(health), Metrics(), has_metrics)


def body(sent: list[Message]) -> str:
    text: bytes = sent[1]["body"]
    return text.decode()


def test_health_is_an_answer_or_a_reason() -> None:
    well = get(operations(Health((), ("The disk is full.",), "f" * 64, 1.0), False), "/healthz")
    assert (well[0]["status"], json.loads(body(well))["is_well"]) == (200, True)
    ill = get(operations(Health(("There is no library.",)), False), "/healthz")
    assert ill[0]["status"] == 503
    assert json.loads(body(ill)) == {
        "is_well": False,
        "faults": ["There is no library."],
        "notes": [],
    }


def test_metrics_are_told_only_where_they_are_to_be() -> None:
    closed, told = (operations(Health((), (), "f" * 64, 7.5), has) for has in (False, True))
    for path in ("/metrics", "/_stcore/metrics", "/_stcore/script-health-check"):
        assert get(closed, path)[0]["status"] == 404
    text = body(get(told, "/metrics"))
    assert f'findings_library_well{{fingerprint="{"f" * 64}"}} 1\n' in text
    assert "findings_library_built_seconds 7.5\n" in text
    assert get(told, "/compare")[1]["body"] == b"app"


def test_times_are_counted_in_buckets() -> None:
    metrics = Metrics()
    for seconds in (0.01, 0.02, 3.0, 99.0):
        metrics.count_question("answered", seconds)
    metrics.count_question("too_fast")
    lines = metrics.as_text("f", 0, False).splitlines()
    for line in (
        'findings_questions_total{outcome="answered"} 4',
        'findings_questions_total{outcome="too_fast"} 1',
        'findings_answer_seconds_bucket{le="0.01"} 1',
        'findings_answer_seconds_bucket{le="2.5"} 2',
        'findings_answer_seconds_bucket{le="10.0"} 3',
        'findings_answer_seconds_bucket{le="+Inf"} 4',
        "findings_answer_seconds_count 4",
        'findings_library_well{fingerprint="f"} 0',
    ):
        assert line in lines


def test_a_missing_library_is_a_reason_and_an_audit_fault_another() -> None:
    def missing() -> Never:
        raise IndexMissing("There is no library in index/ yet.")

    checkup = Checkup(missing, Path, lambda: Health(("The disk is full.",)))
    assert checkup.health().faults == ("There is no library in index/ yet.", "The disk is full.")

"""What `streamlit run` serves: the app behind its door, with safe headers, limits and health.

`streamlit run app.py` shows the same pages without them.
"""

import logging
from pathlib import Path

import streamlit
from google.protobuf.message import DecodeError
from starlette.middleware import Middleware
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.starlette import App

from app_pages import door
from app_pages.faults import tell_fault
from app_pages.opening import index_folder, library_to_check
from app_pages.recording import audit_health
from guarding.headers import SafeHeaders, content_policy
from guarding.health import Checkup
from guarding.logs import log_json
from guarding.metrics import METRICS
from guarding.operations import Operations
from guarding.returning import Returning
from guarding.settings import Settings
from guarding.windows import Uploads, Windows
from indexer.errors import SettingsError

_MESSAGES = ("rerun_script", "stop_script", "file_urls_request", "app_heartbeat")
_OPERATIONS = ("deferred_file", "dataframe_chunk")
HERE = Path(__file__).parent
_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"


def middleware(settings: Settings | None) -> list[Middleware]:
    """What stands between the browser and the app, outermost first.

    Without settings, since one of them is wrong, the app lets nobody in; here all else is as if
    nothing were set.
    """
    checkup = Checkup(library_to_check, index_folder, audit_health)
    has_metrics = settings is not None and settings.has_metrics
    is_https = settings is not None and settings.is_https
    policy = content_policy(_PAGE.read_text("utf-8"))
    return [
        Middleware(SafeHeaders, policy=policy, is_https=is_https),
        Middleware(Operations, checkup=checkup, metrics=METRICS, has_metrics=has_metrics),
        Middleware(
            Windows,
            metrics=METRICS,
            most=settings.windows if settings else 0,
            is_wanted=is_readers_message,
        ),
        Middleware(Uploads, may_upload=door.UPLOADERS.allowed),
        Middleware(Returning),
    ]


def is_readers_message(data: bytes) -> bool:
    """Whether a window's message is one that reading needs, not one of those for developers.

    Anyone could send those: one has the server forget its library and every answer for everybody.
    """
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return False
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in _OPERATIONS
    return kind in _MESSAGES


def _settings() -> Settings | None:
    try:
        settings = door.settings()
    except SettingsError as error:
        logging.getLogger("findings").error("%s", error)
        return None
    if settings.has_json_logs:
        log_json()
    return settings


app = App(HERE / "app.py", middleware=middleware(_settings()), on_script_error=tell_fault)

"""What `streamlit run` serves: the app behind its door, with safe headers, limits and health.

`streamlit run app.py` shows the same pages without them.
"""

import logging
from pathlib import Path

import streamlit
from starlette.middleware import Middleware
from streamlit.starlette import App

from app_pages import door
from app_pages.faults import tell_fault
from app_pages.opening import index_folder, library_to_check
from app_pages.recording import audit_faults
from guarding.headers import SafeHeaders, content_policy
from guarding.health import Checkup
from guarding.logs import log_json
from guarding.metrics import METRICS
from guarding.operations import Operations
from guarding.returning import Returning
from guarding.settings import Settings
from guarding.windows import Uploads, Windows
from indexer.errors import SettingsError

HERE = Path(__file__).parent
_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"


def middleware(settings: Settings | None) -> list[Middleware]:
    """What stands between the browser and the app, outermost first.

    Without settings, since one of them is wrong, the app lets nobody in; here all else is as if
    nothing were set.
    """
    checkup = Checkup(library_to_check, index_folder, audit_faults)
    has_metrics = settings is not None and settings.has_metrics
    is_https = settings is not None and settings.is_https
    policy = content_policy(_PAGE.read_text("utf-8"))
    return [
        Middleware(SafeHeaders, policy=policy, is_https=is_https),
        Middleware(Operations, checkup=checkup, metrics=METRICS, has_metrics=has_metrics),
        Middleware(Windows, metrics=METRICS, most=settings.windows if settings else 0),
        Middleware(Uploads, may_upload=door.UPLOADERS.allowed),
        Middleware(Returning),
    ]


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

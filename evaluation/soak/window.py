"""A browser window without a browser: it speaks the server's own protocol. It knows `websockets`.

It keeps what the last run of a page drew, as far as scripted readers need it.
"""

import asyncio
import json
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.error import HTTPError
from urllib.parse import urlencode
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Common_pb2 import FileUploaderState, UploadedFileInfo
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from indexer.errors import MeasureError

_LONGEST_WAIT = 120.0
_LARGEST = 60_000_000


class ConnectionLost(MeasureError):
    """The server has closed the window's connection."""


@dataclass
class Drawn:
    """What a run drew: labels of buttons with their ids, texts, and what was wrong."""

    buttons: dict[str, list[str]] = field(default_factory=dict)
    downloads: dict[str, tuple[str, str]] = field(default_factory=dict)
    uploader: str = ""
    texts: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    address: str = ""
    seconds: float = 0.0


class Window:
    """One window on the site, from `open` until `close`."""

    def __init__(self, site: str) -> None:
        self._site = site
        self._connection: ClientConnection | None = None
        self._known: dict[str, ForwardMsg] = {}
        self._token = ""
        self._pages: dict[str, str] = {}
        self._hash = ""
        self._session = ""
        self._states: dict[str, WidgetState] = {}

    async def open(self) -> None:
        """Connect as a browser does, cookie first. Raises MeasureError."""
        self._token = await asyncio.to_thread(_cross_site_token, self._site)
        self._connection = await connect(
            self._site.replace("http", "ws", 1) + "/_stcore/stream",
            origin=self._site,  # type: ignore[arg-type]  # a plain word is what is sent
            additional_headers={"Cookie": f"_streamlit_xsrf={self._token}"},
            subprotocols=["streamlit", self._token],  # type: ignore[list-item]  # as above
            max_size=_LARGEST,
            ping_interval=None,  # a browser sends none; it answers the server's
        )

    async def close(self) -> None:
        """Close the window."""
        if self._connection is not None:
            await self._connection.close()

    async def visit(self, page: str, asked: Mapping[str, str]) -> Drawn:
        """Draw a page ("" the first) with an address."""
        self._states.clear()
        return await self._run(page, urlencode(asked))

    async def again(self, page: str, address: str) -> Drawn:
        """Draw the page drawn last anew, as when a file has been put in."""
        return await self._run(page, address)

    async def press(self, page: str, address: str, widget: str) -> Drawn:
        """Press a button of the page drawn last."""
        pressed = WidgetState(id=widget, trigger_value=True)
        return await self._run(page, address, pressed)

    async def download(self, page: str, drawn: Drawn, label: str) -> tuple[bytes, Drawn]:
        """What a download button gives, and the page after it. Raises MeasureError."""
        url, widget = drawn.downloads[label]
        content = await asyncio.to_thread(_fetched, f"{self._site}{url}")
        return content, await self.press(page, drawn.address, widget)

    async def upload(self, widget: str, name: str, content: bytes) -> None:
        """Put a file into an uploader; it is there at the next press. Raises MeasureError."""
        file = str(uuid4())
        path = f"/_stcore/upload_file/{self._session}/{file}"
        await asyncio.to_thread(_put, f"{self._site}{path}", self._token, name, content)
        info = UploadedFileInfo(file_id=file, name=name, size=len(content))
        info.file_urls.file_id = file
        info.file_urls.upload_url = info.file_urls.delete_url = path
        state = FileUploaderState(uploaded_file_info=[info])
        self._states[widget] = WidgetState(id=widget, file_uploader_state_value=state)

    async def _run(self, page: str, address: str, *pressed: WidgetState) -> Drawn:
        states = WidgetStates(widgets=[*self._states.values(), *pressed])
        client = ClientState(
            query_string=address,
            widget_states=states,
            page_script_hash=self._pages.get(page, "") or ("" if page else self._hash),
            page_name="" if page in self._pages else page,
        )
        client.context_info.url = f"{self._site}/{page}"
        client.context_info.timezone = "Europe/London"
        started = asyncio.get_running_loop().time()
        await self._send(BackMsg(rerun_script=client))
        drawn = Drawn(address=address)
        while True:
            message = await self._receive()
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._session = message.new_session.initialize.session_id or self._session
                drawn = Drawn(address=drawn.address)
            elif kind == "navigation":
                self._pages = {
                    each.url_pathname: each.page_script_hash
                    for each in message.navigation.app_pages
                }
            elif kind == "delta":
                _take(drawn, message.delta.new_element)
            elif kind == "page_info_changed":
                drawn.address = message.page_info_changed.query_string
            elif kind == "session_event" and message.session_event.HasField(
                "script_compilation_exception"
            ):
                drawn.faults.append("the script cannot be compiled")
            elif kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                drawn.seconds = asyncio.get_running_loop().time() - started
                return drawn

    async def _send(self, message: BackMsg) -> None:
        if self._connection is None:
            raise MeasureError("The window is not open.")
        try:
            await self._connection.send(message.SerializeToString())
        except ConnectionClosed as error:
            raise ConnectionLost(f"The connection was lost: {error}"[:120]) from error

    async def _receive(self) -> ForwardMsg:
        if self._connection is None:
            raise MeasureError("The window is not open.")
        try:
            data = await asyncio.wait_for(self._connection.recv(), _LONGEST_WAIT)
        except ConnectionClosed as error:
            raise ConnectionLost(f"The connection was lost: {error}"[:120]) from error
        message = ForwardMsg()
        message.ParseFromString(data if isinstance(data, bytes) else data.encode())
        if message.WhichOneof("type") == "ref_hash":
            return self._known[message.ref_hash]
        if message.metadata.cacheable:
            self._known[message.hash] = message
        return message


def _take(drawn: Drawn, element: Element) -> None:
    """Take in what an element says."""
    kind = element.WhichOneof("type")
    if kind == "button":
        drawn.buttons.setdefault(element.button.label, []).append(element.button.id)
    elif kind == "download_button":
        button = element.download_button
        drawn.downloads[button.label] = button.url, button.id
    elif kind == "file_uploader":
        drawn.uploader = drawn.uploader or element.file_uploader.id
    elif kind == "exception":
        drawn.faults.append(element.exception.message or element.exception.type)
    elif kind == "alert" and element.alert.format == element.alert.ERROR:
        drawn.errors.append(element.alert.body)
    elif kind == "heading":
        drawn.texts.append(element.heading.body)
    elif kind == "markdown":
        drawn.texts.append(element.markdown.body)


def _cross_site_token(site: str) -> str:
    with urllib.request.urlopen(f"{site}/_stcore/health", timeout=30) as answer:
        cookies = SimpleCookie(answer.headers.get("Set-Cookie", ""))
    if "_streamlit_xsrf" not in cookies:
        raise MeasureError("The server gives no token against requests of other sites.")
    return cookies["_streamlit_xsrf"].value


def _fetched(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            content: bytes = answer.read()
    except HTTPError as error:
        with error:
            raise MeasureError(f"A file could not be fetched: {error.code}") from error
    return content


def _put(url: str, token: str, name: str, content: bytes) -> None:
    mark = uuid4().hex
    head = f'--{mark}\r\nContent-Disposition: form-data; name="f"; filename={json.dumps(name)}'
    body = b"".join(
        (
            head.encode(),
            b"\r\nContent-Type: text/plain\r\n\r\n",
            content,
            f"\r\n--{mark}--".encode(),
        )
    )
    request = urllib.request.Request(
        url,
        body,
        {
            "Content-Type": f"multipart/form-data; boundary={mark}",
            "X-Xsrftoken": token,
            "Cookie": f"_streamlit_xsrf={token}",
        },
        method="PUT",
    )
    try:
        with urllib.request.urlopen(request, timeout=60):
            pass
    except HTTPError as error:
        with error:
            raise MeasureError(f"A file could not be sent: {error.code}") from error

"""The test platform on a port: HTTP/1.1, one thread for each connection, with TLS where wanted."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

import trustme

from tests.platform.answers import Answer
from tests.platform.service import Request, Service


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    request_queue_size = 64

    def __init__(self, port: int, service: Service, context: ssl.SSLContext | None) -> None:
        self.service, self._context = service, context
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        if self._context is not None:  # the handshake belongs to the connection's own thread
            connection = self._context.wrap_socket(
                connection, server_side=True, do_handshake_on_connect=False
            )
        self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of what is tested."""

    def hang_up(self) -> None:
        for connection in tuple(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 30

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer(json.loads(content))

    def _answer(self, body: dict[str, Any]) -> None:
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        token = self.headers.get("Authorization", "")
        service = cast(_Server, self.server).service
        self._reply(service.answer(Request(self.command, parts.path, query, body, token)))

    def _reply(self, answer: Answer) -> None:
        if answer.body is None and not answer.page:
            self.close_connection = True
            return
        content = answer.content
        self.send_response(answer.status)
        self.send_header("Content-Type", "text/html" if answer.page else "application/json")
        self.send_header("Content-Length", str(len(content)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if answer.drip:
            self._drip(content, answer.drip)
            return
        self.wfile.write(content[: len(content) // 2] if answer.cut else content)
        self.wfile.flush()
        self.close_connection = self.close_connection or answer.cut

    def _drip(self, content: bytes, seconds: float) -> None:
        for byte in content:
            self.wfile.write(bytes((byte,)))
            self.wfile.flush()
            time.sleep(seconds)

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string(cast(_Server, self.server).service.clock())

    def log_message(self, *_: Any) -> None:
        """Quiet: an address holds AccessKey and signature."""


@contextmanager
def running(
    service: Service, port: int = 0, ca_file: Path | None = None, name: str = "127.0.0.1"
) -> Iterator[str]:
    """Serves until the end of the `with`; gives the base URL.

    With `ca_file` over TLS: the certificate is for `name`, and that of its authority is written there.
    """
    context = None if ca_file is None else certified(ca_file, name)
    server = _Server(port, service, context)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="test platform")
    thread.start()
    try:
        yield f"{'http' if context is None else 'https'}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.hang_up()
        server.server_close()


def certified(ca_file: Path, name: str) -> ssl.SSLContext:
    """A certificate for `name` from an authority made for this moment."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(ca_file)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context

"""A proxy on loopback that lets every CONNECT through to one port, or none."""

from __future__ import annotations

import select
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Proxy(socketserver.ThreadingTCPServer):
    daemon_threads = False
    allow_reuse_address = True

    def __init__(self, to: int | None) -> None:
        self.to = to
        self.asked_for: list[str] = []
        super().__init__(("127.0.0.1", 0), _Tunnel)


class _Tunnel(socketserver.StreamRequestHandler):
    server: _Proxy

    def handle(self) -> None:
        self.server.asked_for.append(self.rfile.readline().decode().split()[1])
        while self.rfile.readline().strip():
            pass
        if self.server.to is None:
            self.wfile.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        with socket.create_connection(("127.0.0.1", self.server.to)) as there:
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            _carry(self.connection, there)


def _carry(one: socket.socket, other: socket.socket) -> None:
    """Until either side hangs up."""
    ways = {one: other, other: one}
    while True:
        for source in select.select(list(ways), [], [])[0]:
            content = source.recv(65536)
            if not content:
                return
            ways[source].sendall(content)


@contextmanager
def proxy(to: int | None) -> Iterator[tuple[str, list[str]]]:
    """Its address, and what it was asked for. Without `to` it wants a name and a password."""
    with _Proxy(to) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="proxy")
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", server.asked_for
        finally:
            server.shutdown()
            thread.join()

"""A gateway for texts on this machine, which keeps what it was given and refuses as told."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Gateway:
    """Takes texts like a real one, over HTTP."""

    def __init__(self) -> None:
        self.texts: list[dict[str, str]] = []
        self.keys: list[str | None] = []
        self.answer = 200
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                gateway.texts.append(json.loads(self.rfile.read(length)))
                gateway.keys.append(self.headers["Authorization"])
                self.send_response(gateway.answer)
                self.send_header("Location", gateway.url + "/elsewhere")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self.server.shutdown()
        self.server.server_close()

"""A slow network of the tests’ own: a proxy on loopback with a rate and a delay, like an old phone out of town."""

import socket
import threading
import time

SIZE = 2048


class SlowNetwork:
    """Passes everything on to a server, at so many bits a second and with half of the round trip each way.

    All connections share the one rate, in each direction; opening one costs a round trip.
    """

    def __init__(self, port, bits=400_000, round_trip=0.4):
        self.port, self.bits, self.delay = port, bits, round_trip / 2
        self.free_at = {"up": 0.0, "down": 0.0}
        self.lock = threading.Lock()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        """No more connections."""
        self.listening.close()

    def _accept(self):
        while True:
            try:
                near, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=[near], daemon=True).start()

    def _connect(self, near):
        time.sleep(2 * self.delay)
        far = socket.create_connection(("127.0.0.1", self.port))
        threading.Thread(target=self._pass_on, args=[near, far, "up"], daemon=True).start()
        self._pass_on(far, near, "down")

    def _pass_on(self, source, target, way):
        """Each piece leaves when the line is free, and arrives a delay after it has left."""
        pieces, ready = [], threading.Condition()

        def arrive():
            while True:
                with ready:
                    ready.wait_for(lambda: pieces)
                    at, piece = pieces.pop(0)
                time.sleep(max(0.0, at - time.monotonic()))
                try:
                    target.sendall(piece) if piece else target.shutdown(socket.SHUT_WR)
                except OSError:
                    return
                if not piece:
                    return

        threading.Thread(target=arrive, daemon=True).start()
        piece = b"first"
        while piece:
            try:
                piece = source.recv(SIZE)
            except OSError:
                piece = b""
            with self.lock:
                left = max(time.monotonic(), self.free_at[way]) + len(piece) * 8 / self.bits
                self.free_at[way] = left
            with ready:
                pieces.append((left + self.delay, piece))
                ready.notify()

"""A small real SMTP server, with the faults that real ones have."""

import contextlib
import socket
import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Self


class SmtpServer:
    """Keeps the mails it took over, whether or not it managed to say so.

    `fault` is what goes wrong: "" nothing, "refuse" the recipient, "reject" the content, "drop_at_data" hang up before
    the content, "drop_after_data" take the content and hang up without an answer, "stall" take it and say nothing.
    `faults_left` counts how often it happens.
    """

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.fault = ""
        self.faults_left = 1_000_000
        self.stalled = threading.Event()
        self.line_count = 0
        self._lines: list[socket.socket] = []
        self._lock = threading.Lock()
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                outer.talk(self)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def fail(self, fault: str, times: int = 1_000_000) -> None:
        self.fault, self.faults_left = fault, times

    def hang_up(self) -> None:
        """Leave everyone who is on the line, as servers do with those who are silent for long."""
        for line in self._lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _goes_wrong(self, fault: str) -> bool:
        with self._lock:
            if self.fault != fault or self.faults_left < 1:
                return False
            self.faults_left -= 1
            return True

    def talk(self, client: socketserver.StreamRequestHandler) -> None:
        def say(line: str) -> None:
            client.wfile.write(f"{line}\r\n".encode())

        with self._lock:
            self.line_count += 1
            self._lines.append(client.connection)
        say("220 ready")
        while line := client.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"DATA":
                if self._goes_wrong("drop_at_data") or not self._take(client, say):
                    return
            elif verb == b"RCPT" and self._goes_wrong("refuse"):
                say("550 nobody here by that name")
            elif verb == b"QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")

    def _take(self, client: socketserver.StreamRequestHandler, say) -> bool:  # type: ignore[no-untyped-def]
        """Take one mail over; False where the line goes dead."""
        say("354 go on")
        lines = []
        while (line := client.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if self._goes_wrong("reject"):
            say("554 not this")
            return True
        with self._lock:
            self.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))  # type: ignore[arg-type]
        if self._goes_wrong("drop_after_data"):
            return False
        if self._goes_wrong("stall"):
            self.stalled.set()
            return not client.rfile.readline()
        say("250 taken")
        return True

    @property
    def told(self) -> list[tuple[str, str]]:
        """Recipient and Message-ID of every mail that was taken over."""
        return [(str(mail["To"]), str(mail["Message-ID"])) for mail in self.taken]

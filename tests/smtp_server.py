"""A small real SMTP server, with the faults that real ones have."""

import contextlib
import select
import socket
import socketserver
import threading
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Self

ALWAYS = 1_000_000


class SmtpServer:
    """Keeps the mails it took over, whether or not it managed to say so.

    `fault` is what goes wrong: "" nothing, "busy" sends away whoever comes, "later" and "refuse" refuse the recipient
    for now and for good, "reject" the content, "drop_at_data" hang up before the content, "drop_after_data" take the
    content and hang up without an answer, "stall" take it and say nothing until `let_go`, "slow" answer for it after
    `delay` seconds. `faults_left` counts how often it happens. Those in `unknown` are refused whatever else goes on.
    """

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.fault = ""
        self.faults_left = ALWAYS
        self.delay = 0.0
        self.unknown: set[str] = set()
        self.stalled = threading.Event()
        self.waiting_count = 0  # those who wait for an answer to a mail that was taken
        self.refused_count = 0
        self.line_count = 0
        self.port = 0
        self.is_open = False
        self._go_on = threading.Event()
        self._lines: list[socket.socket] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Answer, on the port it had before if it had any."""
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(ConnectionError):
                    outer.talk(self)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True
            request_queue_size = 50

        self._server = Server(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        self.is_open = True

    def ensure(self) -> None:
        """Open it where it is closed."""
        if not self.is_open:
            self.open()

    def close(self) -> None:
        """Answer no more, and leave everyone who is on the line."""
        self.is_open = False
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self.hang_up()

    def fail(self, fault: str, times: int = ALWAYS) -> None:
        self._go_on.clear()
        self.stalled.clear()
        self.fault, self.faults_left = fault, times

    def let_go(self) -> None:
        """Answer for all that was stalled."""
        self.fault = ""
        self._go_on.set()

    def forget(self) -> None:
        """As if nobody had been here."""
        self.taken.clear()
        self.unknown.clear()
        self.refused_count = self.line_count = 0

    def hang_up(self) -> None:
        """Leave everyone who is on the line, as servers do with those who are silent for long."""
        for line in self._lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self._lines.clear()

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
        if self._goes_wrong("busy"):
            say("421 too many at once")
            return
        say("220 ready")
        while line := client.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"DATA":
                if self._goes_wrong("drop_at_data") or not self._take(client, say):
                    return
            elif verb == b"RCPT" and (refusal := self._refusal(line)):
                with self._lock:
                    self.refused_count += 1
                say(refusal)
            elif verb == b"QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")

    def _refusal(self, line: bytes) -> str:
        if any(address.encode() in line for address in self.unknown) or self._goes_wrong("refuse"):
            return "550 nobody here by that name"
        return "451 not now" if self._goes_wrong("later") else ""

    def _take(self, client: socketserver.StreamRequestHandler, say) -> bool:  # type: ignore[no-untyped-def]
        """Take one mail over; False where the line goes dead."""
        say("354 go on")
        lines = []
        while (line := client.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if self._goes_wrong("reject"):
            say("554 not this")
            return True
        with self._lock:
            self.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))  # type: ignore[arg-type]
        if self._goes_wrong("drop_after_data"):
            return False
        if self._goes_wrong("stall"):
            self._wait(client.connection)
        elif self._goes_wrong("slow"):
            time.sleep(self.delay)
        say("250 taken")
        return True

    def _wait(self, line: socket.socket) -> None:
        """Say nothing until the test wants it, or the other side has gone."""
        with self._lock:
            self.waiting_count += 1
        self.stalled.set()
        while not self._go_on.wait(timeout=0.02):
            if select.select([line], [], [], 0)[0]:  # nobody speaks before being answered, but a line that ends does
                break
        with self._lock:
            self.waiting_count -= 1

    @property
    def told(self) -> list[tuple[str, str]]:
        """Recipient and Message-ID of every mail that was taken over."""
        return [(str(mail["To"]), str(mail["Message-ID"])) for mail in self.taken]

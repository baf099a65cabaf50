"""Mail over SMTP that can tell a mail which was refused from one whose fate nobody knows."""

import smtplib
from types import TracebackType
from typing import Any, Final, Self

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend as DjangoBackend


class OutcomeUnknown(Exception):
    """The line broke after the mail was handed over and before the server had answered for it."""


class NoServer(Exception):
    """No mail server was to be reached, or it let nobody in: that says nothing about the mail or whom it is to."""


class _Telling:
    """Counts the server's answers, so that a break before the go-ahead for the content differs from one after it."""

    answer_count = 0

    def getreply(self) -> tuple[int, bytes]:
        answer: tuple[int, bytes] = super().getreply()  # type: ignore[misc]
        self.answer_count += 1
        return answer

    def data(self, msg: Any) -> tuple[int, bytes]:
        before = self.answer_count
        try:
            answer: tuple[int, bytes] = super().data(msg)  # type: ignore[misc]
        except smtplib.SMTPServerDisconnected as error:
            if self.answer_count > before:
                raise OutcomeUnknown(str(error)) from error
            raise
        return answer


class TellingSMTP(_Telling, smtplib.SMTP):
    pass


class TellingSMTPOverTLS(_Telling, smtplib.SMTP_SSL):
    pass


class EmailBackend(DjangoBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return TellingSMTPOverTLS if self.use_ssl else TellingSMTP


MOST_ON_ONE_LINE: Final = 50  # servers hang up on those who never do


class Line:
    """One connection for many mails, opened when it is needed, and anew after anything went wrong on it.

    A server may have hung up since the last mail. That one surely did not leave, so it is tried at once on a new line.
    """

    def __init__(self) -> None:
        self._open: EmailBackend | None = None
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hang_up()

    def send(self, message: EmailMessage) -> None:
        """Send one mail; raises what the backend does, NoServer and OutcomeUnknown."""
        is_used = self._count > 0
        try:
            self._send(message)
        except smtplib.SMTPServerDisconnected:
            if not is_used:
                raise
            self._send(message)

    def _send(self, message: EmailMessage) -> None:
        backend = self._open or get_connection()
        message.connection = backend
        try:
            if isinstance(backend, EmailBackend) and self._open is None:
                self._open = backend
                _open(backend)
            message.send()
        except BaseException:
            self.hang_up()
            raise
        self._count += 1
        if self._count >= MOST_ON_ONE_LINE:
            self.hang_up()

    def hang_up(self) -> None:
        """Close the connection where there is one."""
        if self._open is not None:
            self._open.close()
        self._open, self._count = None, 0


def _open(backend: EmailBackend) -> None:
    try:
        backend.open()
    except OSError as error:  # what smtplib raises is that too
        raise NoServer(f"{type(error).__name__}: {error}") from error

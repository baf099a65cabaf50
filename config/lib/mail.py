"""Mail over SMTP that can tell a mail which was refused from one whose fate nobody knows."""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend as DjangoBackend


class OutcomeUnknown(Exception):
    """The line broke after the mail was handed over and before the server had answered for it."""


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

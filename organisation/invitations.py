"""The mail that lets a new person choose a password."""

import logging
from smtplib import SMTPException

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from organisation.models import User

log = logging.getLogger(__name__)


def invite(person: User, *, by: User) -> bool:
    """Send the invitation in the person's own language; False where the mail server did not take it.

    The link is a password reset of the ordinary kind: it works once, and for as long as PASSWORD_RESET_TIMEOUT says.
    """
    token = default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), token])
    days = settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)
    with translation.override(person.language):
        words = {
            "person": person,
            "by": by,
            "url": f"{settings.BASE_URL}{path}",
            "site": settings.BASE_URL,
            "days": days,
        }
        subject = _("Rød tråd: du har fått en konto")
        body = render_to_string("administration/email/invitation.txt", words)
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [person.email])
    except (OSError, SMTPException):
        log.exception("the invitation to person %s was not sent", person.pk)
        return False
    return True

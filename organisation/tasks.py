"""What the worker does. Ids in, and safe to run twice."""

from celery import shared_task

from organisation import invitations
from organisation.models import User


@shared_task(name="organisation.invite")
def invite(pk: int, by: int) -> None:
    """Invite one person, unless they have found the way in already or the account was closed meanwhile."""
    person = User.objects.get(pk=pk)
    if person.is_active and not person.has_usable_password():
        invitations.invite(person, by=User.objects.get(pk=by))

"""The demo: a university's units and people, five governing documents, and an annual wheel that is alive today.

Everything is read from `fixtures/`. Loading is idempotent by natural keys (slugs, item keys, e-mail addresses): a row
that is there already is left as its users have made it, with all that hangs on it.
"""

from datetime import date

from django.db import transaction

from reports.demo import documents, following, life, units, wheels
from reports.demo.store import Store


@transaction.atomic
def load(*, today: date) -> Store:
    """Load what is missing, all or nothing; the store tells how many rows were made."""
    store = Store(today)
    units.load(store)
    documents.load(store, today=today)
    loaded = wheels.load(store)
    store.log()
    for wheel in loaded:
        life.live(store, wheel, today=today)
    following.load(store, today=today)
    return store

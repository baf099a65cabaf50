"""Values in a query's text, whichever database it is put to."""

from typing import Any

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "values", "answer"),
    [
        ("SELECT CAST(%s AS varchar(9)), '100 %%'", ["å"], ("å", "100 %")),
        ("SELECT CAST(%(a)s AS varchar(9)), '%%s'", {"a": "%s"}, ("%s", "%s")),
        ("SELECT '100 %'", None, ("100 %",)),
    ],
)
def test_marks_and_percent_signs(query: str, values: Any, answer: tuple[str, ...]) -> None:
    for _again in range(2):
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            assert cursor.fetchone() == answer

"""The addresses of the frame: health, language, appearance, the unit one acts for, and logging in and out."""

from tests.matrix import Row, everyone

ROWS = {
    "healthz": everyone(200),
    "set_language": everyone(302, method="post"),
    "appearance": everyone(302, method="post"),
    "act_for": Row(
        reader=302,
        contributor=404,
        editor=302,
        leader=302,
        outsider=404,
        administrator=404,
        method="post",
        data=lambda world: {"unit": "hf"},
        note="only the units where one has a role of one’s own; the contributor is at two departments",
    ),
    "account_login": everyone(302, anonymous=200),
    "account_logout": everyone(200, anonymous=302),
    "account_inactive": everyone(200),
    "account_change_password": everyone(200, anonymous=302),
    "account_reset_password": everyone(200),
    "account_reset_password_from_key_done": everyone(200),
    "account_reset_password_from_key": everyone(200, lambda world: ["1", "gal-kode"], note="the same"),
    "account_reset_password_done": everyone(200),
}

"""Help, administration and the first start."""

from tests.matrix import Row, everyone

ROWS: dict[str, Row | tuple[Row, ...]] = {
    "help": everyone(200),
    "accessibility": everyone(200),
}

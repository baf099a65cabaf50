"""The wheels, their years and entries, my work, and the four acts on a task."""

from tests.matrix import Row, World, everyone


def task(world: World) -> list[int]:
    return [world.task.pk]


def post(data: dict[str, str] | None = None, *, reader: int = 403, outsider: int = 404) -> Row:
    """An act on a department's task: for those who may tick it off; seen by readers, not there for outsiders."""
    return Row(
        task,
        reader=reader,
        contributor=302,
        editor=302,
        leader=302,
        outsider=outsider,
        administrator=302,
        method="post",
        data=lambda world: data or {},
    )


ROWS = {
    "my_work": Row(),
    "wheels": Row(),
    "wheel": everyone(302, lambda world: [world.wheel.slug], note="goes on to a year"),
    "wheel_year": (
        Row(lambda world: [world.wheel.slug, 2026]),
        Row(lambda world: [world.wheel.slug, 2027], note="not opened yet: the page says so"),
        everyone(404, lambda world: [world.wheel.slug, 1999], anonymous=302),
    ),
    "wheel_open": Row(
        lambda world: [world.wheel.slug, 2027],
        reader=403,
        contributor=403,
        editor=302,
        leader=302,
        outsider=403,
        administrator=302,
        method="post",
    ),
    "task_assign": (post({"to": ""}), Row(task, reader=403, outsider=404)),
    "task_assign_undo": post(),
    "tasks_tick": everyone(
        302,
        method="post",
        data=lambda world: {"task": str(world.task.pk)},
        note="each task that is refused is named on the page one comes back to",
    ),
    "tasks_untick": everyone(
        302, lambda world: [str(world.task.pk)], method="post", note="opens only what is one's own tick"
    ),
    "unit_note": everyone(
        404,
        lambda world: [world.entry.key, 2026, "ihk"],
        anonymous=302,
        note="a unit with the task itself; those that take part are tested in test_taking_part.py",
    ),
    "board_changes": Row(
        lambda world: [world.wheel.slug, 2026], reader=403, contributor=404, outsider=404, note="who edits"
    ),
    "board": (
        Row(lambda world: [world.wheel.slug, 2026], contributor=404, outsider=404, note="the owner's drafts"),
        everyone(404, lambda world: [world.wheel.slug, 2027], anonymous=302, note="not opened"),
    ),
    "board_nudge": (
        Row(lambda world: [world.wheel.slug, 2026], reader=403, contributor=404, outsider=404),
        Row(
            lambda world: [world.wheel.slug, 2026],
            reader=403,
            contributor=404,
            editor=302,
            leader=302,
            outsider=404,
            administrator=302,
            method="post",
        ),
    ),
    "entry": Row(lambda world: [world.entry.key]),
    "task": everyone(302, task, outsider=404, note="goes on to the entry's page"),
    "task_tick": post(),
    "task_untick": post(),
    "task_not_relevant": (
        post({"reason": "Vi har ingen slike"}),
        Row(task, reader=403, outsider=404, note="the form on a page of its own"),
    ),
    "task_note": (post({"note": "Sendt"}), Row(task, reader=403, outsider=404)),
}

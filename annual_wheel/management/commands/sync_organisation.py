from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from annual_wheel.administration.syncing import lost_tasks
from annual_wheel.giving import give_again
from config.lib import clock
from organisation.syncing.applying import Changed, EndsMany, apply, plan_of
from organisation.syncing.columns import Kind, read_sheet
from organisation.syncing.plan import Outcome, Plan
from organisation.syncing.table import UnreadableFile, read_file


class Command(BaseCommand):
    help = (
        "Lets units, groups, functions or people follow a CSV or Excel file. All of it or nothing: a row that is wrong "
        "is named, nothing is stored, and the exit status is 1. Units and groups that are missing stay as they are."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a .csv or .xlsx with headings in its first row")
        parser.add_argument("--kind", choices=Kind.values, required=True, help="what the file holds")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and store nothing")
        parser.add_argument("--end-missing", action="store_true", help="end roles and holders that are not in the file")
        parser.add_argument("--end-many", action="store_true", help="also where that is more than a third of them")

    def handle(self, *args: Any, file: Path, kind: str, dry_run: bool, end_missing: bool, **options: Any) -> None:
        today = clock.today()
        try:
            sheet = read_sheet(kind, read_file(file.read_bytes()))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except UnreadableFile as wrong:
            raise CommandError(str(wrong)) from wrong
        try:
            if dry_run:
                plan = plan_of(kind, sheet, by=None, today=today, ends_missing=end_missing)
            else:
                how = {"ends_missing": end_missing, "may_end_many": options["end_many"], "file_name": file.name}
                plan = apply(kind, sheet, by=None, today=today, seen=None, **how).plan
                give_again(today=today)
        except UnreadableFile as wrong:
            raise CommandError(str(wrong)) from wrong
        except EndsMany as refused:
            ends, standing = refused.plan.ending
            raise CommandError(
                f"Nothing was stored: {ends} of {standing} would end. Run it with --end-many where that is right."
            ) from None
        except Changed as refused:
            plan = refused.plan
            if not plan.has_errors:
                raise CommandError("Somebody changed the same meanwhile. Nothing was stored: run it again.") from None
        self.tell(plan)
        if plan.has_errors:
            raise CommandError("Nothing was stored: some rows are wrong.")
        if dry_run and plan.ends_many and not options["end_many"]:
            ends, standing = plan.ending
            self.stdout.write(f"{ends} of {standing} would end, which it does with --end-many alone.")
        self.stdout.write("Nothing was stored." if dry_run else "Stored.")

    def tell(self, plan: Plan) -> None:
        for note in plan.notes:
            self.stdout.write(note)
        lost = lost_tasks(plan)
        for at, row in enumerate(plan.rows):
            if row.outcome in (Outcome.SAME, Outcome.MISSING):
                continue
            out = self.stderr if row.outcome == Outcome.ERROR else self.stdout
            where = f"{row.number}: " if row.number else ""
            changes = "; ".join(f"{change.label}: {change.before} → {change.after}" for change in row.changes)
            told = "; ".join(filter(None, [" ".join([*row.errors, changes]).strip(), lost.get(at, "")]))
            out.write(f"{where}{row.outcome.label}: {row.title}{f' ({told})' if told else ''}")
        counts = ", ".join(f"{count} {outcome.label}" for outcome, count in sorted(plan.counts.items()))
        self.stdout.write(counts or "0")

"""Print the tables: `make bench`. Words after the command leave only the requests that have one in their name."""

import os
import shutil
import sys

import django

ROUNDS = 9
SECONDS = 0.3
PDF_ROUNDS = 3


def main() -> None:
    """Measure on a database of its own, made now and thrown away afterwards."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()
    from benchmarks import calendars, data, paper, report, workloads
    from benchmarks.measure import run
    from benchmarks.settings import BENCH_FOLDER

    try:
        data.prepare()
        from config.wsgi import application as handler  # as a web server has it: what it keeps is read by now

        words = sys.argv[1:]
        measured = workloads.chosen(workloads.workloads(handler), words)
        run(handler, measured, round_count=ROUNDS, seconds=SECONDS)
        print("\n".join(report.page_lines(measured)))
        if words:
            return
        print("\n".join(calendars.polling_lines([w for w in measured if w.name.startswith("feed")])))
        print("\n".join(calendars.store_lines()))
        print("\n".join(report.pdf_lines(paper.measure(round_count=PDF_ROUNDS))))
    finally:
        shutil.rmtree(BENCH_FOLDER, ignore_errors=True)


if __name__ == "__main__":
    main()

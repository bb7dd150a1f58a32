"""What survives when processes are killed all the time: nothing acknowledged is lost, doubled or half.

Run `python -m benchmarks.kill_soak [--postgresql | --database-url URL] [--kills 60] [--minutes 15] [--seed 20260401]`.
Starts a real installation in a temporary folder, lets people report progress and take plan files in over HTTP, and sends
SIGKILL to web server, worker, supervisor or all at once while a file is read, taken in, or a report is written and the plan
recalculated; then counts.  Prints figures; the exit code is 1 when anything was found.  `--postgresql` starts a private
server for the run; `--database-url` uses an empty database that is there.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from tests.flows.soak.processes import ROOT
from tests.flows.soak.soaking import Size, soak

_SERVER = "KANAME_TEST_DATABASE_URL"


def main() -> int:
    """Soak and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--postgresql", action="store_true", help="on a private PostgreSQL server")
    parser.add_argument("--database-url", default="", help="on this empty database")
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--minutes", type=float, default=15.0, help="at most")
    parser.add_argument("--seed", type=int, default=20260401)
    options = parser.parse_args()
    if options.postgresql and not os.environ.get(_SERVER):
        words = [str(ROOT / "tools" / "with-postgres.sh"), sys.executable, "-m", "benchmarks.kill_soak", *sys.argv[1:]]
        return subprocess.run(words, check=False).returncode
    url = _new_database(os.environ[_SERVER]) if options.postgresql else options.database_url
    with tempfile.TemporaryDirectory(prefix="kaname-soak-") as folder:
        size = Size(kills=options.kills, seconds_at_most=options.minutes * 60)
        outcome = soak(home=Path(folder), database_url=url, size=size, seed=options.seed)
    print(f"{'PostgreSQL' if url else 'SQLite'}, seed {options.seed}: {outcome.kills.total()} kills")
    for what, count in sorted(outcome.kills.items()):
        print(f"  {count:4}  {what}")
    for what, number in outcome.figures.items():
        print(f"  {number:8.1f}  {what}" if isinstance(number, float) else f"  {number:8}  {what}")
    for finding in outcome.findings:
        print(f"FOUND  {finding}")
    print(f"{len(outcome.findings)} findings")
    return 1 if outcome.findings else 0


def _new_database(server: str) -> str:
    import psycopg

    name = f"kaname_soak_{uuid4().hex[:8]}"
    with psycopg.connect(urlunsplit(urlsplit(server)._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


if __name__ == "__main__":
    sys.exit(main())

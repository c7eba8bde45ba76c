"""The last step of a training job: registers what was trained, and ends with 1 if the registry refuses it.

training_job.py NAME SOURCE RUN [METRIC=VALUE …]
"""

import math
import os
import sys
import time

import requests

PATIENCE = 30 * 60  # seconds; longer than the outage that a job has to survive


def call(session, deadline, method, url, **arguments):
    """Repeats a call that the registry did not do, until it does or the deadline is over. Ends the job when it refuses."""
    for attempt in range(sys.maxsize):
        pause = min(2**attempt, 30)
        try:
            answer = session.request(method, url, timeout=30, **arguments)
            if answer.ok:
                return answer.json()
            why = f"{answer.status_code} {answer.text}"
            if answer.status_code not in (408, 409, 429, 502, 503, 504):
                sys.exit(f"refused: {why}")
            after = answer.headers.get("Retry-After", "")
            pause = max(pause, int(after) if after.isdigit() else 1)
        except requests.RequestException as away:
            if isinstance(away, ValueError):  # no address, or no answer of the registry
                sys.exit(f"not registered: {away}")
            why = str(away)
        if time.monotonic() + pause > deadline:
            sys.exit(f"not registered, the registry was away too long: {why}")
        print(f"again in {pause} s: {why}", file=sys.stderr)
        time.sleep(pause)


def register(session, registry, name, source, run, metrics):
    deadline = time.monotonic() + PATIENCE
    registration = call(
        session,
        deadline,
        "POST",
        f"{registry}/models/register",
        json={"name": name, "source": source, "metrics": metrics, "tags": {"job": run}},
        headers={"Idempotency-Key": f"{name}/{run}"},  # a job that runs again finds what it registered
    )
    while registration["status"] == "accepted":  # committed here, on its way to MLflow
        if time.monotonic() > deadline:
            sys.exit(f"still on its way to MLflow: {registration['registration_id']}")
        time.sleep(2)
        registration = call(session, deadline, "GET", f"{registry}/registrations/{registration['registration_id']}")
    if registration["status"] == "rejected":
        sys.exit(f"rejected by MLflow: {registration['cause']}")
    return registration["version"]


def metric(pair):
    name, _, value = pair.rpartition("=")
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not name or not math.isfinite(number):
        sys.exit(f"{pair}: expected METRIC=VALUE with a finite number")
    return name, number


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    name, source, run, *pairs = sys.argv[1:]
    metrics = dict(metric(pair) for pair in pairs)
    registry = os.environ.get("MOORING_URL", "http://127.0.0.1:8080").rstrip("/")
    session = requests.Session()
    if "MOORING_KEY" in os.environ:
        session.headers["Authorization"] = "Bearer " + os.environ["MOORING_KEY"]
    version = register(session, registry, name, source, run, metrics)
    print(f"registered {name} version {version}")

"""The last step of a training job: registers what was trained, and ends with 1 if the registry refuses it.

training_job.py NAME SOURCE RUN [METRIC=VALUE …]
"""

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
            if answer.status_code not in (409, 429, 503):
                sys.exit(f"refused: {why}")
            pause = max(pause, int(answer.headers.get("Retry-After", 1)))
        except (requests.ConnectionError, requests.Timeout) as away:
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


if __name__ == "__main__":
    name, source, run, *pairs = sys.argv[1:]
    metrics = {metric: float(value) for metric, value in (pair.split("=") for pair in pairs)}
    session = requests.Session()
    if "MOORING_KEY" in os.environ:
        session.headers["Authorization"] = "Bearer " + os.environ["MOORING_KEY"]
    version = register(session, os.environ.get("MOORING_URL", "http://127.0.0.1:8080"), name, source, run, metrics)
    print(f"registered {name} version {version}")

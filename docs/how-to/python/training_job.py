"""The last step of a training job: registers what was trained, and ends with 1 if the registry refuses it.

training_job.py NAME SOURCE RUN [METRIC=VALUE …]
"""

import os
import sys
import time

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry


def session_of(key):
    """Waits out an outage of some minutes: the registry says in Retry-After when to come again."""
    session = requests.Session()
    retry = Retry(20, backoff_factor=0.5, backoff_max=30, status_forcelist=[429, 503], allowed_methods=None)
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    if key:
        session.headers["Authorization"] = "Bearer " + key
    return session


def register(session, registry, name, source, run, metrics):
    answer = session.post(
        f"{registry}/models/register",
        json={"name": name, "source": source, "metrics": metrics, "tags": {"job": run}},
        headers={"Idempotency-Key": f"{name}/{run}"},  # a job that runs again finds what it registered
        timeout=30,
    )
    if answer.status_code == 422:
        sys.exit(f"refused: {answer.text}")
    answer.raise_for_status()
    registration = answer.json()
    while registration["status"] == "accepted":  # committed here, on its way to MLflow
        time.sleep(1)
        registration = session.get(f"{registry}/registrations/{registration['registration_id']}", timeout=30).json()
    if registration["status"] == "rejected":
        sys.exit(f"rejected by MLflow: {registration['cause']}")
    return registration["version"]


if __name__ == "__main__":
    name, source, run, *pairs = sys.argv[1:]
    metrics = {metric: float(value) for metric, value in (pair.split("=") for pair in pairs)}
    session = session_of(os.environ.get("MOORING_KEY"))
    version = register(session, os.environ.get("MOORING_URL", "http://127.0.0.1:8080"), name, source, run, metrics)
    print(f"registered {name} version {version}")

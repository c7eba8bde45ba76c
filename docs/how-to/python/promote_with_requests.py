"""promote_with_requests.py NAME VERSION: makes a version the champion, and says which one was it before."""

import os
import sys
from datetime import datetime, timezone

import requests

if len(sys.argv) != 3:
    sys.exit(__doc__)
registry = os.environ.get("MOORING_URL", "http://127.0.0.1:8080").rstrip("/")
key = os.environ.get("MOORING_KEY")
headers = {"Authorization": "Bearer " + key} if key else {}
name, version = sys.argv[1:]


def call(method, path, **arguments):
    try:
        answer = requests.request(method, f"{registry}/models/{name}{path}", headers=headers, timeout=30, **arguments)
    except requests.RequestException as away:
        sys.exit(f"{method} {path}: no answer, run it again: {away}")
    if not answer.ok:
        sys.exit(f"{method} {path}: {answer.status_code} {answer.text}")
    return answer.json()


before = datetime.now(timezone.utc).isoformat()
call("PUT", "/aliases/champion", json={"version": version})
was = call("GET", "/history", params={"at": before})["aliases"].get("champion")
print(f"{name} champion is {version}, was {was}; the latest version is {call('GET', '')['latest_version']}")

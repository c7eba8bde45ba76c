import logging
import os

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

logging.basicConfig()  # shows on stderr that an attempt failed, and why
registry = os.environ.get("MOORING_URL", "http://127.0.0.1:8080").rstrip("/")
session = requests.Session()
# Eight attempts, two minutes in all. With Retry-After it would come again every second, and give up after eight.
retry = Retry(
    7,
    backoff_factor=1,
    status_forcelist=[409, 429, 502, 503, 504],
    allowed_methods=None,
    raise_on_status=False,
    respect_retry_after_header=False,
)
session.mount("http://", HTTPAdapter(max_retries=retry))  # and "https://"
if "MOORING_KEY" in os.environ:
    session.headers["Authorization"] = "Bearer " + os.environ["MOORING_KEY"]

try:
    answer = session.post(
        f"{registry}/models/register",
        json={"name": "churn", "source": "s3://models/churn/7", "metrics": {"auc": 0.91}},
        headers={"Idempotency-Key": "churn-7"},  # sent twice, it registers once
        timeout=30,
    )
except requests.RequestException as away:
    raise SystemExit(f"no answer, run it again: {away}") from None
if not answer.ok:
    raise SystemExit(f"not registered: {answer.status_code} {answer.text}")
print("churn", answer.json()["version"])

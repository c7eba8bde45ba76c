import os

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

registry = os.environ.get("MOORING_URL", "http://127.0.0.1:8080")
session = requests.Session()
retry = Retry(8, backoff_factor=0.5, status_forcelist=[429, 503], allowed_methods=None)
session.mount("http://", HTTPAdapter(max_retries=retry))  # and "https://"
if "MOORING_KEY" in os.environ:
    session.headers["Authorization"] = "Bearer " + os.environ["MOORING_KEY"]

answer = session.post(
    f"{registry}/models/register",
    json={"name": "churn", "source": "s3://models/churn/7", "metrics": {"auc": 0.91}},
    headers={"Idempotency-Key": "churn-7"},  # sent twice, it registers once
    timeout=30,
)
answer.raise_for_status()
version = answer.json()["version"]
session.put(f"{registry}/models/churn/aliases/champion", json={"version": version}, timeout=30).raise_for_status()
print("churn", version)

from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

client = MlflowClient()
try:
    client.create_registered_model("ranking", tags={"team": "growth"})
except MlflowException as exists:  # from the second run on
    if exists.error_code != "RESOURCE_ALREADY_EXISTS":
        raise
made = client.create_model_version("ranking", source="s3://models/ranking/7")
print(client.get_model_version("ranking", made.version).source)
print([m.name for m in client.search_registered_models("tags.team = 'growth'")])

from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

client = MlflowClient()
try:
    client.create_registered_model("ranking", tags={"team": "growth"})
except MlflowException as exists:  # from the second run on
    if exists.error_code != "RESOURCE_ALREADY_EXISTS":
        raise
version = client.create_model_version("ranking", source="s3://models/ranking/7")
client.set_registered_model_alias("ranking", "champion", version.version)
print(client.get_model_version_by_alias("ranking", "champion").source)
print([m.name for m in client.search_registered_models("tags.team = 'growth'")])

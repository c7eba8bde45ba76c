from mlflow import MlflowClient

client = MlflowClient()
client.create_registered_model("churn", tags={"team": "growth"})
version = client.create_model_version("churn", source="s3://models/churn/7")
client.set_registered_model_alias("churn", "champion", version.version)
print(client.get_model_version_by_alias("churn", "champion").source)
print([m.name for m in client.search_registered_models("tags.team = 'growth'")])

"""Makes a model and a version while the server is away, and prints the version's number."""

from mlflow import MlflowClient

client = MlflowClient()
client.create_registered_model("waited")
print(client.create_model_version("waited", "s3://models/waited/1").version)

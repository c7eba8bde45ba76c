"""Registers a model version and prints what the server made of it."""

from mlflow import MlflowClient

client = MlflowClient()
client.create_registered_model("kept")
version = client.create_model_version("kept", "s3://bucket/kept")
print(version.name, version.version)

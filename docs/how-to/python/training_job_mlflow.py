import mlflow
import mlflow.sklearn
from mlflow import MlflowClient
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

features, labels = load_iris(return_X_y=True)
with mlflow.start_run() as run:
    model = LogisticRegression(max_iter=200).fit(features, labels)
    mlflow.log_metric("accuracy", model.score(features, labels))
    logged = mlflow.sklearn.log_model(model, name="model", registered_model_name="iris")

MlflowClient().set_registered_model_alias("iris", "champion", logged.registered_model_version)
print(mlflow.sklearn.load_model("models:/iris@champion").predict(features[:1]))

import mlflow
import mlflow.sklearn
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

features, labels = load_iris(return_X_y=True)
with mlflow.start_run() as run:
    model = LogisticRegression(max_iter=200).fit(features, labels)
    mlflow.log_metric("accuracy", model.score(features, labels))
    logged = mlflow.sklearn.log_model(model, name="model", registered_model_name="iris")

version = logged.registered_model_version
print(mlflow.sklearn.load_model(f"models:/iris/{version}").predict(features[:1]))

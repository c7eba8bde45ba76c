"""Uses MLflow's stock client as a data scientist does, and prints one line for each step.

The lines hold no times, no ids and no wording of errors, so that they are the same wherever the registry behaves the same.
With the argument "tracking" the script also logs a run, registers its model and loads it back, which needs a real MLflow.
"""

import json
import sys
import warnings

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException, RestException

warnings.simplefilter("ignore")
client = MlflowClient()


def tags_of(found):
    """The tags that a client set: the service marks the versions that it passes on, and the client marks its prompts."""
    return {key: found.tags[key] for key in sorted(found.tags) if not key.startswith(("mooring.", "_mlflow"))}


def model(found):
    return {
        "name": found.name,
        "description": found.description,
        "tags": tags_of(found),
        "aliases": dict(sorted(found.aliases.items())),
        "latest": sorted(f"{v.current_stage}={v.version}" for v in found.latest_versions),
        "touched": found.last_updated_timestamp > found.creation_timestamp,
    }


def version(found):
    return {
        "name": found.name,
        "version": found.version,
        "source": found.source,
        "description": found.description,
        "stage": found.current_stage,
        "status": found.status,
        "tags": tags_of(found),
        "aliases": sorted(found.aliases),
        "run": found.run_id,
        "run_link": found.run_link,
        "touched": found.last_updated_timestamp > found.creation_timestamp,
    }


def prompt(found):
    return {
        "name": found.name,
        "version": found.version,
        "template": found.template,
        "message": found.commit_message,
        "tags": tags_of(found),
        "aliases": sorted(found.aliases),
    }


def names(found):
    return [f"{each.name}/{each.version}" if hasattr(each, "version") else each.name for each in found]


def step(what, call, show=lambda found: found):
    try:
        result = show(call())
    except (MlflowException, RestException) as refused:
        result = {"refused": refused.error_code}
    print(json.dumps([what, result], sort_keys=True), flush=True)


def pages(search, size):
    """All pages of a search, as lists of names."""
    found, token = [], None
    while True:
        page = search(size, token)
        found.append(names(page))
        token = page.token
        if not token:
            return found


def models():
    step("create model", lambda: client.create_registered_model("churn", {"team": "crm"}, "who leaves"), model)
    step("create model again", lambda: client.create_registered_model("churn"))
    step("create model with a bad name", lambda: client.create_registered_model("a/b"))
    step("get absent model", lambda: client.get_registered_model("absent"))
    step("set tag", lambda: client.set_registered_model_tag("churn", "owner", "ada"))
    step("delete tag", lambda: client.delete_registered_model_tag("churn", "team"))
    step("update model", lambda: client.update_registered_model("churn", "who will leave"), model)
    step("get model", lambda: client.get_registered_model("churn"), model)
    for name in ("fraud", "Preis ä", "price"):
        step("create model", lambda name=name: client.create_registered_model(name, {"team": "risk"}), model)
    step("rename model", lambda: client.rename_registered_model("price", "pricing"))
    step("rename to a taken name", lambda: client.rename_registered_model("pricing", "churn"))
    step("search models", lambda: client.search_registered_models(order_by=["name ASC"]), names)
    step("search by name", lambda: client.search_registered_models("name ILIKE 'P%'", order_by=["name"]), names)
    step("search by tag", lambda: client.search_registered_models("tag.team = 'risk'", order_by=["name DESC"]), names)
    step("search by a bad filter", lambda: client.search_registered_models("color = 'red'"), names)
    step(
        "page through models",
        lambda: pages(
            lambda size, token: client.search_registered_models(
                max_results=size, order_by=["name"], page_token=token
            ),
            2,
        ),
        list,
    )


def versions():
    for number in range(1, 4):
        source = f"s3://models/churn/{number}"
        step(
            "create version",
            lambda source=source, number=number: client.create_model_version(
                "churn", source, tags={"number": str(number)}, description=f"take {number}"
            ),
            version,
        )
    step("create version of an absent model", lambda: client.create_model_version("absent", "s3://models/absent/1"))
    step("create version without a path", lambda: client.create_model_version("churn", "s3://models"))
    step("get version", lambda: client.get_model_version("churn", "2"), version)
    step("get absent version", lambda: client.get_model_version("churn", "9"))
    step("get a version that is no number", lambda: client.get_model_version("churn", "two"))
    step("download uri", lambda: client.get_model_version_download_uri("churn", "2"))
    step("update version", lambda: client.update_model_version("churn", "2", "better"), version)
    step("set tag of version", lambda: client.set_model_version_tag("churn", "2", "checked", "yes"))
    step("set tag by stage", lambda: client.set_model_version_tag("churn", key="stage", value="none", stage="None"))
    step("delete tag of version", lambda: client.delete_model_version_tag("churn", "2", "number"))
    step("get version", lambda: client.get_model_version("churn", "2"), version)
    step("copy version", lambda: client.copy_model_version("models:/churn/2", "fraud"), version)
    step("search versions", lambda: client.search_model_versions("name = 'churn'"), names)
    step(
        "search versions by tag",
        lambda: client.search_model_versions("tag.checked = 'yes'", order_by=["version_number DESC"]),
        names,
    )
    step(
        "page through versions",
        lambda: pages(
            lambda size, token: client.search_model_versions(
                "name = 'churn'", max_results=size, order_by=["version_number ASC"], page_token=token
            ),
            2,
        ),
        list,
    )
    step("versions of a run", lambda: client.search_model_versions("run_id = 'none'"), names)


def stages_and_aliases():
    step("to staging", lambda: client.transition_model_version_stage("churn", "1", "Staging"), version)
    step("to production", lambda: client.transition_model_version_stage("churn", "2", "Production"), version)
    step("replace production", lambda: client.transition_model_version_stage("churn", "3", "production", True), version)
    step("to no stage", lambda: client.transition_model_version_stage("churn", "3", "Nowhere"))
    step("latest versions", lambda: client.get_latest_versions("churn"), lambda found: sorted(names(found)))
    step("latest in production", lambda: client.get_latest_versions("churn", ["Production"]), names)
    step("model with stages", lambda: client.get_registered_model("churn"), model)
    step("set alias", lambda: client.set_registered_model_alias("churn", "champion", "2"))
    step("move alias", lambda: client.set_registered_model_alias("churn", "champion", "3"))
    step("set second alias", lambda: client.set_registered_model_alias("churn", "challenger", 1))
    step("set reserved alias", lambda: client.set_registered_model_alias("churn", "v1", "1"))
    step("set alias to an absent version", lambda: client.set_registered_model_alias("churn", "champion", "9"))
    step("version by alias", lambda: client.get_model_version_by_alias("churn", "champion"), version)
    step("version by absent alias", lambda: client.get_model_version_by_alias("churn", "nobody"))
    step("model with aliases", lambda: client.get_registered_model("churn"), model)
    step("delete alias", lambda: client.delete_registered_model_alias("churn", "challenger"))
    step("delete alias again", lambda: client.delete_registered_model_alias("churn", "challenger"))


def prompts():
    step("register prompt", lambda: mlflow.genai.register_prompt("greet", "Hello {{name}}", "first"), prompt)
    step(
        "register prompt again",
        lambda: mlflow.genai.register_prompt("greet", "Good day {{name}}", tags={"tone": "formal"}),
        prompt,
    )
    step("prompt alias", lambda: mlflow.genai.set_prompt_alias("greet", "live", 1))
    step("load prompt", lambda: mlflow.genai.load_prompt("greet", 2), prompt)
    step("load prompt by alias", lambda: mlflow.genai.load_prompt("prompts:/greet@live"), prompt)
    step("load absent prompt", lambda: mlflow.genai.load_prompt("absent", 1))
    step("tag prompt", lambda: client.set_prompt_tag("greet", "team", "crm"))
    step("tag prompt version", lambda: client.set_prompt_version_tag("greet", 1, "checked", "yes"))
    step("get prompt", lambda: client.get_prompt("greet"), lambda found: [found.name, tags_of(found)])
    step("search prompts", lambda: mlflow.genai.search_prompts(), names)
    step("models without prompts", lambda: client.search_registered_models(order_by=["name"]), names)
    step("delete prompt alias", lambda: mlflow.genai.delete_prompt_alias("greet", "live"))
    step("delete prompt with versions", lambda: client.delete_prompt("greet"))
    step("delete prompt version", lambda: client.delete_prompt_version("greet", "1"))
    step("delete prompt version", lambda: client.delete_prompt_version("greet", "2"))
    step("delete prompt", lambda: client.delete_prompt("greet"))


def deletions():
    step("delete version", lambda: client.delete_model_version("churn", "3"))
    step("alias is gone", lambda: client.get_model_version_by_alias("churn", "champion"))
    step("number stays used", lambda: client.create_model_version("churn", "s3://models/churn/4"), version)
    step("delete absent version", lambda: client.delete_model_version("churn", "3"))
    step("delete model", lambda: client.delete_registered_model("fraud"))
    step("versions are gone", lambda: client.search_model_versions("name = 'fraud'"), names)
    step("delete absent model", lambda: client.delete_registered_model("fraud"))
    step("what is left", lambda: client.search_registered_models(order_by=["name"]), lambda found: list(map(model, found)))


def tracking():
    class Doubling(mlflow.pyfunc.PythonModel):
        def predict(self, context, model_input, params=None):
            return [2 * each for each in model_input]

    def log_run():
        mlflow.set_experiment("doubling")
        with mlflow.start_run() as run:
            mlflow.log_param("factor", 2)
            mlflow.log_params({"kind": "linear", "seed": 7})
            for epoch in range(3):
                mlflow.log_metric("loss", 1 / (epoch + 1), step=epoch)
            mlflow.log_text("what was learned", "notes/summary.txt")
            logged = mlflow.pyfunc.log_model(
                name="model", python_model=Doubling(), pip_requirements=[], infer_code_paths=False
            )
        return run.info.run_id, logged.model_uri

    run_id, model_uri = log_run()

    def show_run(run):
        return [dict(sorted(run.data.params.items())), run.data.metrics, run.info.status]

    step("run", lambda: client.get_run(run_id), show_run)
    step("metric", lambda: client.get_metric_history(run_id, "loss"), lambda found: [m.value for m in found])
    step("artifacts", lambda: client.list_artifacts(run_id, "notes"), lambda found: [a.path for a in found])
    step("artifact", lambda: mlflow.artifacts.load_text(f"runs:/{run_id}/notes/summary.txt"))
    step("register model", lambda: mlflow.register_model(model_uri, "doubling"), lambda found: [found.name, found.version])
    step("set alias", lambda: client.set_registered_model_alias("doubling", "champion", "1"))
    step("version of run", lambda: client.get_model_version("doubling", "1").run_id == run_id)
    step("load version", lambda: mlflow.pyfunc.load_model("models:/doubling/1").predict([1, 2]))
    step("load champion", lambda: mlflow.pyfunc.load_model("models:/doubling@champion").predict([3]))
    step("register the run's path", lambda: mlflow.register_model(f"runs:/{run_id}/model", "doubling").version)
    step("load latest", lambda: mlflow.pyfunc.load_model("models:/doubling/latest").predict([4]))


models()
versions()
stages_and_aliases()
prompts()
deletions()
if "tracking" in sys.argv[1:]:
    tracking()

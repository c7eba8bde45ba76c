package dev.mooring.registry.service;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random changes of a registry, some through the service and some at MLflow. The seed makes them come again. */
final class MirrorScenario {
    static final List<String> NAMES =
            List.of("churn", "fraud", "a b", "ä 🚀 'x' \"y\" <z> & %", "prompt", "100%_\\", "last");
    private static final List<String> STAGES = List.of("None", "Staging", "Production", "Archived");
    private static final List<String> ALIASES = List.of("champion", "second", "ältere");
    private static final String PROMPT = "mlflow.prompt.is_prompt";

    private final Random random;
    private final MirrorCalls service;
    private final MirrorCalls mlflow;
    private final List<String> done = new ArrayList<>();

    MirrorScenario(long seed, MirrorCalls service, MirrorCalls mlflow) {
        this.random = new Random(seed);
        this.service = service;
        this.mlflow = mlflow;
    }

    /** Makes that many changes; how many of them MLflow made. */
    long play(int changes) throws Exception {
        int made = 0;
        for (int i = 0; i < changes; i++) {
            MirrorCalls way = random.nextInt(10) < 7 ? service : mlflow;
            HttpResponse<String> answer = change(way);
            made += answer.statusCode() == 200 ? 1 : 0;
            done.add((way == service ? "service " : "mlflow ")
                    + answer.request().method() + " " + answer.uri().getPath() + " " + answer.statusCode());
        }
        return made;
    }

    List<String> done() {
        return done;
    }

    private HttpResponse<String> change(MirrorCalls way) throws Exception {
        String name = one(NAMES);
        String version = String.valueOf(1 + random.nextInt(4));
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3 ->
                way.call(
                        "POST",
                        "registered-models/create",
                        body(name, "tags", tags(name), "description", one(List.of("", "words"))));
            case 4, 5, 6, 7, 8 ->
                way.call("POST", "model-versions/create", body(name, "source", source(name), "tags", tags(name)));
            case 9 -> way.call("PATCH", "registered-models/update", body(name, "description", "d" + random.nextInt(3)));
            case 10 ->
                way.call(
                        "PATCH",
                        "model-versions/update",
                        body(name, "version", version, "description", "v" + random.nextInt(3)));
            case 11 ->
                way.call(
                        "POST",
                        "model-versions/transition-stage",
                        body(name, "version", version, "stage", one(STAGES), "archive_existing_versions", false));
            case 12 ->
                way.call(
                        "POST",
                        "model-versions/transition-stage",
                        body(
                                name,
                                "version",
                                version,
                                "stage",
                                one(STAGES.subList(1, 3)),
                                "archive_existing_versions",
                                true));
            case 13, 14 ->
                way.call("POST", "registered-models/alias", body(name, "alias", one(ALIASES), "version", version));
            case 15 -> way.call("DELETE", "registered-models/alias", body(name, "alias", one(ALIASES)));
            case 16 -> tag(way, name, version);
            case 17 -> way.call("POST", "registered-models/rename", body(name, "new_name", one(NAMES)));
            case 18 -> way.call("DELETE", "model-versions/delete", body(name, "version", version));
            default ->
                random.nextInt(3) == 0
                        ? way.call("DELETE", "registered-models/delete", body(name))
                        : tag(way, name, version);
        };
    }

    private HttpResponse<String> tag(MirrorCalls way, String name, String version) throws Exception {
        String key = random.nextInt(8) == 0 ? PROMPT : "k" + random.nextInt(3);
        String value = key.equals(PROMPT) ? one(List.of("true", "false")) : "x" + random.nextInt(3);
        return switch (random.nextInt(4)) {
            case 0 -> way.call("POST", "registered-models/set-tag", body(name, "key", key, "value", value));
            case 1 -> way.call("DELETE", "registered-models/delete-tag", body(name, "key", key));
            case 2 ->
                way.call("POST", "model-versions/set-tag", body(name, "version", version, "key", key, "value", value));
            default -> way.call("DELETE", "model-versions/delete-tag", body(name, "version", version, "key", key));
        };
    }

    private String source(String name) {
        if (name.equals("prompt")) {
            return "dummy-source";
        }
        return random.nextInt(4) == 0 ? "models:/churn/1" : "s3://bucket/" + random.nextInt(100);
    }

    private static List<Map<String, String>> tags(String name) {
        return name.equals("prompt")
                ? List.of(Map.of("key", PROMPT, "value", "true"), Map.of("key", "mlflow.prompt.text", "value", "Hello"))
                : List.of(Map.of("key", "k0", "value", "x0"));
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static Map<String, Object> body(String name, Object... more) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return body;
    }
}

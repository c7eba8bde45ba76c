package dev.mooring.benchmarks.mlflow;

import java.util.List;

/**
 * One kind of call, as a stock client makes it.
 *
 * @param name what the table calls it
 * @param call makes the call for the n-th time on a registry; gives its time in nanoseconds
 */
record Work(String name, Call call) {
    /** The models that exist before the measurement, each with {@link #VERSIONS} versions. */
    static final int MODELS = 200;

    static final int VERSIONS = 10;

    /** The models that get new versions. They are others, so that what a search of versions finds does not grow with the speed of a server. */
    private static final String GROWING = "growing-";

    /** Makes one call. */
    @FunctionalInterface
    interface Call {
        long on(Registry registry, int n);
    }

    /** Every kind of call, in an order in which each finds what it needs. */
    static List<Work> all() {
        return List.of(
                new Work("create model", (registry, n) -> createModel(registry, "new-" + n)),
                new Work("create version", Work::createVersion),
                new Work("get model", (registry, n) -> registry.read("registered-models/get?name=" + model(n))),
                new Work(
                        "get version", (registry, n) -> registry.read("model-versions/get?version=1&name=" + model(n))),
                new Work(
                        "get download URI",
                        (registry, n) -> registry.read("model-versions/get-download-uri?version=1&name=" + model(n))),
                new Work("search models, 1 found", (registry, n) -> models(registry, "name = '" + model(n) + "'")),
                new Work(
                        "search models by tag, 1 found",
                        (registry, n) -> models(registry, "tags.number = '" + n % MODELS + "'")),
                new Work("search models, 100 found", (registry, n) -> models(registry, "name LIKE 'model-%'")),
                new Work("search versions, 10 found", (registry, n) -> versions(registry, "name = '" + model(n) + "'")),
                new Work(
                        "search versions by tag, 1 found",
                        (registry, n) -> versions(registry, "tags.registration = '" + n % MODELS + "-1'")),
                new Work(
                        "latest versions",
                        (registry, n) -> registry.write(
                                "POST", "registered-models/get-latest-versions", "{\"name\":\"" + model(n) + "\"}")),
                new Work(
                        "update model",
                        (registry, n) -> registry.write(
                                "PATCH", "registered-models/update", ofModel(n, "\"description\":\"text " + n + "\""))),
                new Work(
                        "update version",
                        (registry, n) -> registry.write(
                                "PATCH", "model-versions/update", ofVersion(n, "\"description\":\"text " + n + "\""))),
                new Work(
                        "set tag of model",
                        (registry, n) -> registry.write(
                                "POST",
                                "registered-models/set-tag",
                                ofModel(n, "\"key\":\"owner\",\"value\":\"" + n + "\""))),
                new Work(
                        "set tag of version",
                        (registry, n) -> registry.write(
                                "POST",
                                "model-versions/set-tag",
                                ofVersion(n, "\"key\":\"checked\",\"value\":\"" + n + "\""))),
                new Work(
                        "delete tag of version",
                        (registry, n) -> registry.write(
                                "DELETE", "model-versions/delete-tag", ofVersion(n, "\"key\":\"checked\""))),
                new Work(
                        "set alias",
                        (registry, n) -> registry.write(
                                "POST", "registered-models/alias", ofVersion(n, "\"alias\":\"champion\""))),
                new Work(
                        "get version by alias",
                        (registry, n) -> registry.read("registered-models/alias?alias=champion&name=" + model(n))),
                new Work(
                        "delete alias",
                        (registry, n) -> registry.write(
                                "DELETE", "registered-models/alias", ofModel(n, "\"alias\":\"champion\""))),
                new Work(
                        "change stage",
                        (registry, n) -> registry.write(
                                "POST",
                                "model-versions/transition-stage",
                                ofVersion(n, "\"stage\":\"Production\",\"archive_existing_versions\":true"))),
                new Work(
                        "rename model",
                        (registry, n) -> registry.write(
                                "POST",
                                "registered-models/rename",
                                "{\"name\":\"new-" + n + "\",\"new_name\":\"renamed-" + n + "\"}")),
                new Work(
                        "delete model",
                        (registry, n) -> registry.write(
                                "DELETE", "registered-models/delete", "{\"name\":\"renamed-" + n + "\"}")));
    }

    /** Fills an empty registry. */
    static void fill(Registry registry) {
        for (int model = 0; model < MODELS; model++) {
            createModel(registry, model(model), model);
            for (int version = 1; version <= VERSIONS; version++) {
                createVersion(registry, model(model), model + "-" + version);
            }
            createModel(registry, GROWING + model);
        }
    }

    static long createVersion(Registry registry, int n) {
        return createVersion(registry, GROWING + n % MODELS, "new-" + n);
    }

    private static long createModel(Registry registry, String name) {
        return createModel(registry, name, MODELS);
    }

    private static long createModel(Registry registry, String name, int number) {
        return registry.write(
                "POST",
                "registered-models/create",
                "{\"name\":\"" + name + "\",\"tags\":[{\"key\":\"number\",\"value\":\"" + number + "\"}]}");
    }

    private static long createVersion(Registry registry, String model, String registration) {
        return registry.write(
                "POST",
                "model-versions/create",
                ofModel(
                        model,
                        "\"source\":\"s3://bucket/" + registration
                                + "\",\"tags\":[{\"key\":\"registration\",\"value\":\"" + registration + "\"}]"));
    }

    private static long models(Registry registry, String filter) {
        return registry.read("registered-models/search?max_results=100&filter=" + Registry.encoded(filter));
    }

    private static long versions(Registry registry, String filter) {
        return registry.read("model-versions/search?max_results=100&filter=" + Registry.encoded(filter));
    }

    private static String model(int n) {
        return "model-" + n % MODELS;
    }

    private static String ofModel(int n, String members) {
        return ofModel(model(n), members);
    }

    private static String ofModel(String name, String members) {
        return "{\"name\":\"" + name + "\"," + members + "}";
    }

    private static String ofVersion(int n, String members) {
        return ofModel(n, "\"version\":\"1\"," + members);
    }
}

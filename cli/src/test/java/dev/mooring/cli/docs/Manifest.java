package dev.mooring.cli.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The documents of a page for Kubernetes.
 *
 * @param documents all of them, in the order of the page
 */
record Manifest(List<JsonNode> documents) {
    static Manifest of(Page page) {
        List<JsonNode> documents = new ArrayList<>();
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        page.fences("yaml").forEach(fence -> yaml.loadAll(fence.code())
                .forEach(document -> documents.add(JsonMapper.shared().valueToTree(document))));
        return new Manifest(documents);
    }

    /** The only document of this kind. */
    JsonNode one(String kind) {
        return ofKind(kind).findFirst().orElseThrow();
    }

    private Stream<JsonNode> ofKind(String kind) {
        return documents.stream()
                .filter(document -> document.path("kind").asString("").equals(kind));
    }

    /** The template of the pods. */
    JsonNode template() {
        return one("Deployment").at("/spec/template");
    }

    JsonNode container() {
        return template().at("/spec/containers/0");
    }

    /** The environment of the container. What the pod mounts are files below {@code folder}, at the same paths. */
    Map<String, String> environment(Path folder) throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (JsonNode variable : container().path("env")) {
            String value = variable.path("value").asString();
            environment.put(variable.path("name").asString(), value.startsWith("/") ? folder + value : value);
        }
        for (JsonNode mount : container().path("volumeMounts")) {
            Path mounted = Files.createDirectories(
                    Path.of(folder + mount.path("mountPath").asString()));
            for (Map.Entry<String, JsonNode> file :
                    files(mount.path("name").asString()).properties()) {
                Files.writeString(
                        mounted.resolve(file.getKey()), file.getValue().asString());
            }
        }
        return environment;
    }

    /** The files in this volume, with their contents. */
    private JsonNode files(String volume) {
        JsonNode source = named(template().at("/spec/volumes"), volume);
        if (source.has("emptyDir")) {
            return source.path("emptyDir").path("none");
        }
        return source.has("secret")
                ? document("Secret", source.at("/secret/secretName")).path("stringData")
                : document("ConfigMap", source.at("/configMap/name")).path("data");
    }

    private JsonNode document(String kind, JsonNode name) {
        return ofKind(kind)
                .filter(one -> one.at("/metadata/name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode named(JsonNode list, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(one -> one.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The paths of all probes. */
    List<String> probes() {
        return List.of("startupProbe", "livenessProbe", "readinessProbe").stream()
                .map(probe -> container().at("/" + probe + "/httpGet/path").asString())
                .toList();
    }
}

package dev.mooring.cli.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The documents of a page for Kubernetes.
 *
 * @param secrets the documents of kind Secret
 * @param pod the template of the pods
 */
record Manifest(List<JsonNode> secrets, JsonNode pod) {
    static Manifest of(Page page) {
        List<JsonNode> documents = new ArrayList<>();
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        page.fences("yaml").forEach(fence -> yaml.loadAll(fence.code())
                .forEach(document -> documents.add(JsonMapper.shared().valueToTree(document))));
        return new Manifest(
                documents.stream().filter(one -> isOf(one, "Secret")).toList(),
                documents.stream()
                        .filter(one -> isOf(one, "Deployment"))
                        .findFirst()
                        .orElseThrow()
                        .at("/spec/template/spec"));
    }

    private static boolean isOf(JsonNode document, String kind) {
        return document.path("kind").asString("").equals(kind);
    }

    private JsonNode container() {
        return pod.at("/containers/0");
    }

    /** The environment of the container. The secrets are files below {@code folder}, at the paths at which the pod mounts them. */
    Map<String, String> environment(Path folder) throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (JsonNode variable : container().path("env")) {
            String value = variable.path("value").asString();
            boolean isFile = variable.path("name").asString().endsWith("_FILE");
            environment.put(variable.path("name").asString(), isFile ? folder + value : value);
        }
        for (JsonNode mount : container().path("volumeMounts")) {
            Path mounted = Files.createDirectories(
                    Path.of(folder + mount.path("mountPath").asString()));
            for (Map.Entry<String, JsonNode> entry :
                    secret(mount.path("name").asString()).path("stringData").properties()) {
                Files.writeString(
                        mounted.resolve(entry.getKey()), entry.getValue().asString());
            }
        }
        return environment;
    }

    private JsonNode secret(String volume) {
        String name =
                named(pod.path("volumes"), volume).at("/secret/secretName").asString();
        return secrets.stream()
                .filter(one -> one.at("/metadata/name").asString().equals(name))
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

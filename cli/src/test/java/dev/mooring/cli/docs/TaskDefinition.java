package dev.mooring.cli.docs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The documents of the page for ECS.
 *
 * @param container the container of the task definition
 * @param targetGroup the target group of the load balancer
 */
record TaskDefinition(JsonNode container, JsonNode targetGroup) {
    private static final Pattern PATH = Pattern.compile("http://[^/]+(/\\S+)");

    static TaskDefinition of(Page page) {
        List<JsonNode> documents = page.fences("json").stream()
                .map(fence -> JsonMapper.shared().readTree(fence.code()))
                .toList();
        return new TaskDefinition(documents.get(0), documents.get(1));
    }

    /** The environment of the container, with this password and a key for its secrets. */
    Map<String, String> environment(String password, String key) {
        Map<String, String> environment = new HashMap<>();
        container
                .path("environment")
                .forEach(one -> environment.put(
                        one.path("name").asString(), one.path("value").asString()));
        container.path("secrets").forEach(one -> {
            String name = one.path("name").asString();
            environment.put(name, name.equals("DATABASE_PASSWORD") ? password : key);
        });
        return environment;
    }

    /** The paths of the container's check and of the load balancer's. */
    List<String> checks() {
        String command = container.at("/healthCheck/command/1").asString();
        return List.of(
                PATH.matcher(command).results().findFirst().orElseThrow().group(1),
                targetGroup.path("HealthCheckPath").asString());
    }
}

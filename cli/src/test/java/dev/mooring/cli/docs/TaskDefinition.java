package dev.mooring.cli.docs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The documents of the page for ECS.
 *
 * @param container the container of the task definition
 * @param targetGroup the target group of the load balancer
 */
record TaskDefinition(JsonNode container, JsonNode targetGroup) {
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

    /** The command of the container's check, for a service on this port. */
    List<String> check(int port) {
        List<String> command = new ArrayList<>();
        container.at("/healthCheck/command").forEach(word -> command.add(word.asString()));
        String own = container.at("/portMappings/0/containerPort").asString();
        return command.stream()
                .skip(1)
                .map(word -> word.equals(own) ? String.valueOf(port) : word)
                .map(word -> word.startsWith("/app/")
                        ? Repository.ROOT
                                .resolve(word.replace("/app/", "container/"))
                                .toString()
                        : word)
                .toList();
    }

    String pathOfTargetGroup() {
        return targetGroup.path("HealthCheckPath").asString();
    }
}

package dev.mooring.examples.glucolens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class ManifestsTest {
    private static final Path FOLDER = Path.of("kubernetes");

    @Test
    void deployment_hasTheProbesOfTheService_withLivenessApartFromTheDatabase() throws IOException {
        Map<String, Object> container = container();

        assertThat(container.get("startupProbe"))
                .isEqualTo(Map.of(
                        "httpGet", Map.of("path", "/health/live", "port", "http"),
                        "periodSeconds", 2,
                        "failureThreshold", 30));
        assertThat(container.get("livenessProbe"))
                .isEqualTo(Map.of(
                        "httpGet", Map.of("path", "/health/live", "port", "http"),
                        "initialDelaySeconds", 30,
                        "periodSeconds", 10,
                        "timeoutSeconds", 5,
                        "failureThreshold", 3));
        assertThat(container.get("readinessProbe"))
                .isEqualTo(Map.of(
                        "httpGet", Map.of("path", "/health/ready", "port", "http"),
                        "initialDelaySeconds", 10,
                        "periodSeconds", 5,
                        "timeoutSeconds", 3,
                        "failureThreshold", 2));
        assertThat(container.get("ports")).isEqualTo(List.of(Map.of("name", "http", "containerPort", 8000)));
    }

    @Test
    void deployment_restartsOneAfterTheOther_andGivesEachTimeToDrain() throws IOException {
        Map<String, Object> spec = at(yaml("deployment.yaml"), "spec");

        assertThat(spec.get("replicas")).isEqualTo(2);
        assertThat(at(spec, "strategy", "rollingUpdate")).isEqualTo(Map.of("maxUnavailable", 0, "maxSurge", 1));
        // The drain delay and the time for requests in flight.
        assertThat((int) at(spec, "template", "spec").get("terminationGracePeriodSeconds"))
                .isGreaterThan(5 + 20);
        assertThat(at(spec, "template", "spec").get("enableServiceLinks")).isEqualTo(false);
    }

    @Test
    void manifests_namedInTheKustomization_areThere_andSelectTheSamePods() throws IOException {
        List<?> resources = (List<?>) yaml("kustomization.yaml").get("resources");

        assertThat(resources).isNotEmpty().allSatisfy(name -> assertThat(FOLDER.resolve(name.toString()))
                .exists());
        Map<String, Object> labels = at(yaml("deployment.yaml"), "spec", "template", "metadata", "labels");
        assertThat(at(yaml("service.yaml"), "spec", "selector")).isEqualTo(labels);
        assertThat(at(yaml("disruption-budget.yaml"), "spec", "selector", "matchLabels"))
                .isEqualTo(labels);
    }

    @SuppressWarnings("unchecked") // what these manifests have there
    private static Map<String, Object> container() throws IOException {
        List<Map<String, Object>> containers = (List<Map<String, Object>>)
                at(yaml("deployment.yaml"), "spec", "template", "spec").get("containers");
        return containers.get(0);
    }

    private static Map<String, Object> yaml(String name) throws IOException {
        return new Yaml().load(Files.readString(FOLDER.resolve(name)));
    }

    @SuppressWarnings("unchecked") // each key on the way leads to an object
    private static Map<String, Object> at(Map<String, Object> from, String... keys) {
        Map<String, Object> here = from;
        for (String key : keys) {
            here = (Map<String, Object>) here.get(key);
        }
        return here;
    }
}

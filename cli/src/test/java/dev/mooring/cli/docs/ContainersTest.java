package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What can be known of the image and of the manifests without a container engine: they agree with the launcher and with each other. */
class ContainersTest {
    private static final int BESIDE_THE_HEAP = 256;

    private final String dockerfile = read("Dockerfile");
    private final String launcher = read("mooring");
    private final Manifest manifest = Manifest.of(Repository.page("docs/how-to/kubernetes.md"));
    private final TaskDefinition task = TaskDefinition.of(Repository.page("docs/how-to/ecs.md"));

    @Test
    void image_isBuiltAsTheLauncherBuilds_andStartsJavaAsItDoes() {
        assertThat(first(dockerfile, "mvn -B -q (.*package)"))
                .isEqualTo(first(launcher, "mvn -B -q -f \"\\$root/pom.xml\" (.*package)"));
        String jar = first(dockerfile, "jarmode=tools -jar (\\S+)");
        assertThat(launcher).contains("jarmode=tools -jar \"$root/" + jar);
        assertThat(first(dockerfile, "jarmode=tools .* --destination (\\S+)")).isEqualTo("/app");
        assertThat(dockerfile).contains("COPY --from=build /app /app\n");

        List<String> options =
                List.of(first(launcher, "options=\\((.*) \"-Dmooring").split(" "));
        List<String> start = words(first(dockerfile, "(?m)^ENTRYPOINT (.*)$"));
        assertThat(start.get(0)).isEqualTo("java");
        assertThat(start.subList(1, start.size() - 2)).isEqualTo(options);
        assertThat(start.subList(start.size() - 2, start.size())).containsExactly("-jar", "/app/mooring.jar");
        assertThat(words(first(dockerfile, "(?m)^CMD (.*)$"))).containsExactly("serve");
        assertThat(dockerfile).contains("ENV LC_ALL=C.UTF-8\n").contains("STOPSIGNAL SIGTERM\n");
    }

    @Test
    void image_copiesWhatIsThere_andItsUserIsThatOfTheManifest() {
        MatchResult copied = Pattern.compile("COPY --chmod=755 (\\S+) (\\S+)")
                .matcher(dockerfile)
                .results()
                .findFirst()
                .orElseThrow();
        assertThat(Repository.ROOT.resolve(copied.group(1))).isExecutable();
        assertThat(task.container().at("/healthCheck/command/1").asString()).isEqualTo(copied.group(2));
        JsonNode user = manifest.template().at("/spec/securityContext/runAsUser");
        assertThat(user.asInt()).isNotZero();
        assertThat(first(dockerfile, "(?m)^USER (\\d+):\\d+$")).isEqualTo(user.asString());
        assertThat(first(dockerfile, "(?m)^EXPOSE (\\d+)$"))
                .isEqualTo(manifest.container().at("/ports/0/containerPort").asString())
                .isEqualTo(task.container().at("/portMappings/0/containerPort").asString());
    }

    @Test
    void manifest_leadsFromTheServiceToThePods_andGivesThemAFolderToWriteTo() {
        JsonNode labels = manifest.template().at("/metadata/labels");
        assertThat(manifest.one("Deployment").at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(manifest.one("Service").at("/spec/selector")).isEqualTo(labels);
        assertThat(manifest.one("PodDisruptionBudget").at("/spec/selector/matchLabels"))
                .isEqualTo(labels);
        assertThat(manifest.one("Service").at("/spec/ports/0/targetPort"))
                .isEqualTo(manifest.container().at("/ports/0/containerPort"));
        assertThat(manifest.container()
                        .at("/securityContext/readOnlyRootFilesystem")
                        .asBoolean())
                .isTrue();
        assertThat(manifest.container().path("volumeMounts"))
                .anyMatch(mount -> mount.path("mountPath").asString().equals("/tmp"));
    }

    @Test
    void memory_ofEachContainer_holdsTheHeapAndWhatJavaNeedsBesideIt() throws IOException {
        assertThat(beside(
                        manifest.container().at("/resources/limits/memory").asString(),
                        heapOf(manifest.container().path("env"))))
                .isGreaterThanOrEqualTo(BESIDE_THE_HEAP);
        assertThat(beside(
                        task.container().path("memory").asString() + "Mi",
                        heapOf(task.container().path("environment"))))
                .isGreaterThanOrEqualTo(BESIDE_THE_HEAP);
        Map<String, Object> glucolens = new Yaml().load(read("examples/glucolens/kubernetes/deployment.yaml"));
        JsonNode container =
                JsonMapper.shared().<JsonNode>valueToTree(glucolens).at("/spec/template/spec/containers/0");
        assertThat(beside(container.at("/resources/limits/memory").asString(), heapOf(container.path("env"))))
                .isGreaterThanOrEqualTo(BESIDE_THE_HEAP);
        assertThat(container.at("/resources/requests"))
                .as("a whole processor, as on the page about sizing")
                .isEqualTo(manifest.container().at("/resources/requests"));
    }

    /** What is left beside the heap, in MB. */
    private static int beside(String memory, int heap) {
        int number = Integer.parseInt(first(memory, "^(\\d+)(?:Mi|Gi)$"));
        return (memory.endsWith("Gi") ? number * 1024 : number) - heap;
    }

    /** In MB. */
    private static int heapOf(JsonNode environment) {
        for (JsonNode variable : environment) {
            if (variable.path("name").asString().equals("JAVA_TOOL_OPTIONS")) {
                return Integer.parseInt(first(variable.path("value").asString(), "-Xmx(\\d+)m"));
            }
        }
        throw new AssertionError("no heap in " + environment);
    }

    private static List<String> words(String json) {
        return List.of(JsonMapper.shared().readValue(json, String[].class));
    }

    private static String first(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError(pattern + " is not in\n" + text))
                .group(1);
    }

    private static String read(String file) {
        try {
            return Files.readString(Repository.ROOT.resolve(Path.of(file)));
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }
}

package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.mooring.cli.docs.Page.Fence;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks the code on the pages: Java is part of a test that runs, everything else parses, and every path that it names is
 * answered.
 */
class CodeInPagesTest {
    private static final Set<String> HEALTH_PATHS = Set.of(
            "/health", "/health/live", "/health/ready", "/health/detailed", "/health/history", "/livez", "/readyz");

    @Test
    void java_onAllPages_isCompiledAndRunByATest() {
        for (Page page : Repository.pages()) {
            for (Fence fence : page.fences("java")) {
                assertThat(fence.from())
                        .as(
                                "%s: Java that no test compiles; put \"<!-- from FILE, TAG -->\" before%n%s",
                                page, fence.code())
                        .isPresent();
                String from = fence.from().orElseThrow();
                if (!from.equals(ImportsInPagesTest.IMPORTS)) {
                    assertThat(fence.code()).as("%s, from %s", page, from).isEqualTo(snippet(from));
                }
            }
        }
    }

    /** Other tests run these files. */
    @Test
    void python_onAllPages_isAFileThatATestRuns() {
        for (Page page : Repository.pages()) {
            for (Fence fence : page.fences("python")) {
                assertThat(fence.from())
                        .as("%s: Python that no test runs; put \"<!-- from FILE -->\" before%n%s", page, fence.code())
                        .isPresent();
                assertThat(fence.code())
                        .as("%s, from %s", page, fence.from().orElseThrow())
                        .isEqualTo(Repository.read(
                                Repository.ROOT.resolve(fence.from().orElseThrow())));
            }
        }
    }

    /** The lines between {@code // tag::TAG} and {@code // end::TAG}. */
    private static String snippet(String from) {
        List<String> parts = List.of(from.split(", "));
        String source = Repository.read(Repository.ROOT.resolve(Path.of(parts.get(0))));
        Matcher tagged = Pattern.compile("(?ms)^ *// tag::" + parts.get(1) + "\\n(.*?)^ *// end::" + parts.get(1) + "$")
                .matcher(source);
        assertThat(tagged.find())
                .as("%s has no tag %s", parts.get(0), parts.get(1))
                .isTrue();
        return Page.dedented(tagged.group(1));
    }

    /** In a table too: what makes an object names its type and its parameters. */
    @Test
    void constructorCalls_inTheMiddleOfSentences_standInACompiledFile() {
        Pattern call = Pattern.compile("new [A-Z][\\w.]*\\([\\w ,.]*\\)");
        List<String> sources = Repository.sources().values().stream()
                .flatMap(List::stream)
                .map(Repository::read)
                .toList();
        for (Page page : Repository.pages()) {
            for (String span : page.codeSpans()) {
                call.matcher(span).results().map(hit -> hit.group()).forEach(made -> assertThat(sources)
                        .as("%s: %s", page, made)
                        .anyMatch(source -> source.contains(made)));
            }
        }
    }

    @Test
    void yaml_onAllPages_parses() {
        for (Page page : Repository.pages()) {
            for (Fence fence : page.fences("yaml")) {
                assertThatCode(() -> new Yaml(new SafeConstructor(new LoaderOptions()))
                                .loadAll(fence.code())
                                .forEach(document -> assertThat(document).isNotNull()))
                        .as("%s: %s", page, fence.code())
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void json_onAllPages_parses() {
        JsonMapper json = new JsonMapper();
        for (Page page : Repository.pages()) {
            for (Fence fence : page.fences("json")) {
                assertThatCode(() -> json.readTree(fence.code()))
                        .as("%s: %s", page, fence.code())
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void healthPaths_onAllPages_areThoseThatAreAnswered() {
        Pattern path = Pattern.compile("(?<![\\w./-])/(?:health(?:/\\w+)?|livez|readyz)(?![\\w./-]|\\*)");
        for (Page page : Repository.pages()) {
            path.matcher(page.text())
                    .results()
                    .forEach(hit -> assertThat(HEALTH_PATHS).as(page.toString()).contains(hit.group()));
        }
    }

    @Test
    void readme_namesTheTestCommand_thatTheContinuousIntegrationRuns() {
        String readme = Repository.page("README.md").text();
        Matcher command = Pattern.compile("(?m)^#+ .*[Tt]est.*$[\\s\\S]*?^```\\w*\\n(.+)$")
                .matcher(readme);

        assertThat(command.find()).isTrue();
        assertThat(command.group(1)).isEqualTo("mvn verify");
    }
}

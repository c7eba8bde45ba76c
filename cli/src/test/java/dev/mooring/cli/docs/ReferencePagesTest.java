package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.cli.Golden;
import dev.mooring.failure.FailureKind;
import dev.mooring.spring.environment.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the reference pages to the code: each code, key and field of the sources stands on its page. */
class ReferencePagesTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");

    /** The first text of a snake case form after a constructor of problems. */
    private static final Pattern PROBLEM = Pattern.compile(
            "(?:Problem\\.of\\(|Problem\\.notFound\\(|ProblemException\\.notFound\\(|refused\\(|LimitReachedException\\()\\s*(?:\\d+,\\s*)?\"([a-z]+(?:_[a-z]+)*)\"");

    private static final Pattern UNAVAILABLE = Pattern.compile("Problem\\.unavailable\\(\\s*\"([a-z]+)\"");
    private static final Pattern MEMBER = Pattern.compile("\\bput\\(\\s*\"([a-z0-9_]+)\"");
    private static final Pattern SECTION = Pattern.compile("return \"([a-z]+)\";");
    private static final Pattern FIELD = Pattern.compile("(?:addKeyValue\\(|LOG_FIELD = )\"([a-z0-9_]+)\"");
    private static final Pattern SPAN = Pattern.compile("`([a-z0-9_]+)`");

    @Test
    void errors_pageInTheDocs_isTheOneThatTheServiceServes() {
        Golden.file(
                Repository.read(Repository.ROOT.resolve("registry/src/main/resources/errors.md")),
                Path.of("../docs/reference/errors.md"));
    }

    @Test
    void errors_pageHasEachCodeOfTheSources() {
        String page = Repository.page("docs/reference/errors.md").text();
        Set<String> explained = all(HEADING, page)
                .flatMap(heading -> Stream.of(heading.split(", ")))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> codes = in(Repository.shippedSources(), PROBLEM);
        in(Repository.shippedSources(), UNAVAILABLE).forEach(name -> codes.add(name + "_unavailable"));

        assertThat(codes).hasSizeGreaterThan(30);
        assertThat(explained).containsAll(codes);
    }

    @Test
    void failureKinds_pageIsWhatTheCodeSays() {
        StringBuilder page = new StringBuilder("""
                <!-- Generated from the code; do not edit. CONTRIBUTING.md says how it is written anew. -->
                # Failure kinds

                What went wrong with a dependency, from a closed list. The kind is the same name in health (`kind`, `error`), in log lines
                (`failure_kind`), in metrics (the label `kind`), in problems and in the commands. No kind is ever used for something else. Each leads to
                a page of its own: what it means, likely causes, what to do, and how you know that it is over.

                *Transient* failures can pass by themselves, so the service tries again. After a *permanent* one a person has to change something; the
                service tries only every few seconds.

                | kind | nature | what to check |
                | --- | --- | --- |
                """);
        for (FailureKind kind : FailureKind.values()) {
            page.append("| [`%s`](../runbooks/%s.md) | %s | %s |\n"
                    .formatted(kind.code(), kind.code(), kind.isPermanent() ? "permanent" : "transient", kind.hint()));
        }
        Golden.file(page.toString(), Path.of("../docs/reference/failure-kinds.md"));
    }

    @Test
    void logs_pageHasEachFieldOfTheSources() {
        Set<String> fields = in(Repository.shippedSources(), FIELD);
        fields.addAll(in(named("JsonLines.java"), MEMBER));

        assertThat(fields).hasSizeGreaterThan(20);
        assertThat(spans("docs/reference/logs.md")).containsAll(fields);
    }

    @Test
    void health_pageHasEachKeyOfTheBodies() {
        List<Path> sources = sources(file -> file.toString().contains("/spring/health/")
                || file.endsWith("HistoryPath.java")
                || Repository.read(file).contains("implements DetailSection"));
        Set<String> keys = in(sources, MEMBER);
        keys.addAll(in(sources(file -> Repository.read(file).contains("implements DetailSection")), SECTION));

        assertThat(keys).hasSizeGreaterThan(50);
        assertThat(spans("docs/reference/health.md")).containsAll(keys);
    }

    @Test
    void exitCodes_pageHasThoseOfTheCode() {
        assertThat(Repository.page("docs/reference/exit-codes.md").text())
                .contains("| " + ExitCode.DONE + " | all commands | done")
                .contains("| " + ExitCode.FAILED + " | all commands | failed")
                .contains("| " + ExitCode.MISCONFIGURED + " | all commands | wrong usage")
                .contains("| 3 | `serve` | the memory of the process is full");
        assertThat(Repository.read(named("EndWithoutMemory.java").get(0))).contains("EXIT_CODE = 3;");
    }

    private static Set<String> spans(String page) {
        return all(SPAN, Repository.page(page).text()).collect(Collectors.toSet());
    }

    private static List<Path> named(String name) {
        return sources(file -> file.endsWith(name));
    }

    private static List<Path> sources(Predicate<Path> which) {
        return Repository.shippedSources().stream().filter(which).toList();
    }

    private static Set<String> in(List<Path> sources, Pattern pattern) {
        return sources.stream()
                .flatMap(file -> all(pattern, Repository.read(file)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(hit -> hit.group(1));
    }
}

package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.cli.docs.Page.Fence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A reader who adds what a page names can compile the code there. Tests compile that code with more libraries on the class path, so each import
 * has to be of the JDK, of a library of Mooring that the page names or that comes with it, or of one that the page names otherwise.
 */
class LibrariesInPagesTest {
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (static )?([\\w.]+);$");
    /** A link to the page of the starter names the starter. */
    private static final Pattern NAMED = Pattern.compile("\\bmooring-[a-z]+(?:-[a-z]+)*");

    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>(.*?)</dependency>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(mooring-[a-z-]+)</artifactId>");

    /** What a page says that makes a library its reader's. */
    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("org.springframework.", "(?i)spring boot|\\(spring-boot\\.md\\)"),
            Map.entry("com.zaxxer.hikari.", "mooring-postgres|mooring-spring-boot-starter"),
            Map.entry("org.jspecify.", "mooring-"),
            Map.entry("io.lettuce.", "mooring-redis"),
            Map.entry("org.junit.", "JUnit"),
            Map.entry("org.assertj.", "AssertJ"),
            Map.entry("org.awaitility.", "Awaitility"),
            Map.entry("dev.failsafe.", "# Migrate from Failsafe"),
            Map.entry("io.github.resilience4j.", "# Migrate from resilience4j"));

    /** What each library of ours brings along for those who compile with it, itself included. */
    private final Map<String, Set<String>> brought = brought();

    @Test
    void imports_onAPage_areOfLibrariesThatItNames() {
        List<String> strange = new ArrayList<>();
        for (Page page : Repository.pages()) {
            Set<String> ours = new TreeSet<>();
            NAMED.matcher(page.text().replace("(spring-boot.md)", "(mooring-spring-boot-starter)"))
                    .results()
                    .forEach(name -> ours.addAll(brought.getOrDefault(name.group(), Set.of())));
            for (Fence fence : page.fences("java")) {
                IMPORT.matcher(fence.code())
                        .results()
                        .map(found -> found.group(1) == null
                                ? found.group(2)
                                : found.group(2).substring(0, found.group(2).lastIndexOf('.')))
                        .filter(type -> !isOfTheJdk(type) && !isOfTheReader(type, page, ours))
                        .forEach(type -> strange.add(page + ": " + type));
            }
        }
        assertThat(strange)
                .as("imports of libraries that the page does not name")
                .isEmpty();
    }

    private static boolean isOfTheReader(String type, Page page, Set<String> ours) {
        if (type.startsWith("dev.mooring.")) {
            return libraryOf(type).filter(ours::contains).isPresent();
        }
        return OTHERS.entrySet().stream()
                .filter(other -> type.startsWith(other.getKey()))
                .anyMatch(other ->
                        Pattern.compile(other.getValue()).matcher(page.text()).find());
    }

    private static boolean isOfTheJdk(String type) {
        return Stream.of("java.", "javax.sql.", "com.sun.net.httpserver.").anyMatch(type::startsWith);
    }

    /** The artifact that has the type, or the type that it is nested in. */
    private static Optional<String> libraryOf(String type) {
        for (String name = type; name.contains("."); name = name.substring(0, name.lastIndexOf('.'))) {
            String file = "src/main/java/" + name.replace('.', '/') + ".java";
            List<Path> found =
                    Repository.sources().getOrDefault(name.substring(name.lastIndexOf('.') + 1), List.of()).stream()
                            .filter(path -> path.endsWith(file))
                            .toList();
            if (!found.isEmpty()) {
                Path module = Repository.ROOT.relativize(found.get(0)).getName(0);
                return Optional.of(artifactOf(
                        Repository.read(Repository.ROOT.resolve(module).resolve("pom.xml"))));
            }
        }
        return Optional.empty();
    }

    /** The name in a {@code pom.xml} after that of the parent. */
    private static String artifactOf(String pom) {
        return ARTIFACT.matcher(pom).results().skip(1).findFirst().orElseThrow().group(1);
    }

    private static Map<String, Set<String>> brought() {
        Map<String, Set<String>> direct = new HashMap<>();
        for (String module : Repository.MODULES) {
            String pom = Repository.read(Repository.ROOT.resolve(module).resolve("pom.xml"));
            Set<String> names = new TreeSet<>();
            DEPENDENCY
                    .matcher(pom)
                    .results()
                    .map(found -> found.group(1))
                    .filter(one -> !one.contains("<scope>test") && !one.contains("<optional>"))
                    .flatMap(one -> ARTIFACT.matcher(one).results())
                    .forEach(found -> names.add(found.group(1)));
            direct.put(artifactOf(pom), names);
        }
        Map<String, Set<String>> all = new HashMap<>();
        direct.keySet()
                .forEach(artifact -> follow(artifact, direct, all.computeIfAbsent(artifact, x -> new TreeSet<>())));
        return all;
    }

    private static void follow(String artifact, Map<String, Set<String>> direct, Set<String> reached) {
        if (reached.add(artifact)) {
            direct.getOrDefault(artifact, Set.of()).forEach(next -> follow(next, direct, reached));
        }
    }
}

package dev.mooring.cli.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The checkout that the tests run in: its pages and its sources. */
final class Repository {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    /** The folders of all modules. */
    static final List<String> MODULES = List.of(
            "core",
            "settings",
            "embedded",
            "postgres",
            "http",
            "redis",
            "messages",
            "profiles",
            "spring",
            "applications",
            "operations",
            "registry",
            "cli",
            "testing-kit",
            "testing",
            "examples/flow-backend",
            "examples/glucolens",
            "examples/before-after",
            "benchmarks");

    private Repository() {}

    static List<Page> pages() {
        Stream<Path> top = Stream.of(
                        "README.md",
                        "CONTRIBUTING.md",
                        "CHANGELOG.md",
                        "SECURITY.md",
                        "benchmarks/README.md",
                        "release/README.md",
                        "examples/before-after/README.md",
                        "examples/flow-backend/README.md",
                        "examples/glucolens/README.md")
                .map(ROOT::resolve);
        return Stream.concat(top, files(ROOT.resolve("docs"), ".md").stream())
                .map(file -> new Page(ROOT.relativize(file), read(file)))
                .toList();
    }

    static List<Page> pagesIn(String folder) {
        return pages().stream().filter(page -> page.file().startsWith(folder)).toList();
    }

    static Page page(String file) {
        return new Page(Path.of(file), read(ROOT.resolve(file)));
    }

    /** Every Java source, tests included, by the simple name of its type. */
    static Map<String, List<Path>> sources() {
        return MODULES.stream()
                .flatMap(module -> files(ROOT.resolve(module).resolve("src"), ".java").stream())
                .collect(Collectors.groupingBy(
                        file -> file.getFileName().toString().replace(".java", "")));
    }

    /** The sources of what is shipped. */
    static List<Path> shippedSources() {
        return MODULES.stream()
                .filter(module -> !module.matches("testing.*|examples/.*|benchmarks"))
                .flatMap(module -> files(ROOT.resolve(module).resolve("src/main/java"), ".java").stream())
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder, String end) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

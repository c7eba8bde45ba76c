package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.cli.Golden;
import dev.mooring.cli.docs.Page.Fence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a reader needs beside the Java of a page: its imports, the coordinates of the library, a logging backend. */
class ImportsInPagesTest {
    static final String IMPORTS = "imports";

    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.]+\\.(\\w+));$");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);$");
    private static final Pattern BLOCK = Pattern.compile("<!-- from imports -->\\n```java\\n[\\s\\S]*?```");

    @Test
    void imports_ofTheJavaOnAPage_standOnThePage() {
        for (Page page : Repository.pages()) {
            Set<String> imports = importsOf(page);
            if (!imports.isEmpty()) {
                String block = "<!-- from imports -->\n```java\n" + String.join("\n", imports) + "\n```";
                String text = BLOCK.matcher(page.text()).find()
                        ? BLOCK.matcher(page.text()).replaceFirst(Matcher.quoteReplacement(block))
                        : page.text() + "\n## Imports\nOf the code on this page:\n\n" + block + "\n";
                Golden.file(text, Repository.ROOT.resolve(page.file()));
            }
        }
    }

    @Test
    void pages_withJava_nameTheirLibraryAndALoggingBackend() {
        for (Page page : Repository.pagesIn("docs/how-to")) {
            if (!page.fences("java").isEmpty()) {
                assertThat(page.text()).as("%s: coordinates", page).contains("<artifactId>mooring-");
                assertThat(page.text())
                        .as("%s: a logging backend, or Spring Boot, which brings one", page)
                        .containsAnyOf("plain-java.md#the-build", "logback-classic", "Spring", "starter");
            }
        }
    }

    private static Set<String> importsOf(Page page) {
        Set<String> imports = new TreeSet<>();
        for (Fence fence : page.fences("java")) {
            String from = fence.from().orElse(IMPORTS);
            if (!from.equals(IMPORTS) && !IMPORT.matcher(fence.code()).find()) {
                Path file = Path.of(List.of(from.split(", ")).get(0));
                String source = Repository.read(Repository.ROOT.resolve(file));
                IMPORT.matcher(source)
                        .results()
                        .filter(found -> uses(fence, found.group(2)))
                        .forEach(found -> imports.add(found.group()));
                imports.addAll(ofTheSamePackage(fence, file, source));
            }
        }
        return imports;
    }

    /** The test that a page quotes may lie in the package of the types that it uses. */
    private static Set<String> ofTheSamePackage(Fence fence, Path file, String source) {
        Matcher packages = PACKAGE.matcher(source);
        Set<String> imports = new TreeSet<>();
        if (packages.find()) {
            String name = packages.group(1);
            Path folder = Repository.ROOT
                    .resolve(file.subpath(0, 1))
                    .resolve("src/main/java")
                    .resolve(name.replace('.', '/'));
            Pattern.compile("\\b[A-Z]\\w+")
                    .matcher(fence.code())
                    .results()
                    .map(found -> found.group())
                    .filter(type -> Files.exists(folder.resolve(type + ".java")))
                    .forEach(type -> imports.add("import " + name + "." + type + ";"));
        }
        return imports;
    }

    /** A name after a dot is the end of a qualified one, so it needs no import. */
    private static boolean uses(Fence fence, String name) {
        return Pattern.compile("(?<![\\w.])" + name + "\\b")
                .matcher(fence.code())
                .find();
    }
}

package dev.mooring.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts the public types of a small module that the test compiles: one exported to all, one to a friend, one to none. */
class PublicTypesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void compile() throws IOException {
        List<Path> sources = List.of(
                write("module-info.java", "module sample { exports shown; exports friends to other; }"),
                write("shown/Shown.java", "package shown; public class Shown { public static class Nested {} }"),
                write("shown/Hidden.java", "package shown; class Hidden {}"),
                write("friends/Friend.java", "package friends; public class Friend {}"),
                write("inside/Inside.java", "package inside; public class Inside {}"));
        String[] arguments = Stream.concat(
                        Stream.of("-nowarn", "-d", folder.toString()),
                        sources.stream().map(Path::toString))
                .toArray(String[]::new);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments))
                .isZero();
    }

    @Test
    void publicTypes_inExportedPackages_areCounted() throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            Class<?> anchor = loader.loadClass("shown.Shown");
            assertThatCode(() -> ArchitectureRules.checkPublicTypes(anchor, 1)).doesNotThrowAnyException();
            assertThatThrownBy(() -> ArchitectureRules.checkPublicTypes(anchor, 0))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("1 public types instead of at most 0:\nshown.Shown");
        }
    }

    @Test
    void folder_withoutAModuleInfo_isRefused() {
        assertThatThrownBy(() -> ArchitectureRules.checkPublicTypes(PublicTypesTest.class, 1))
                .hasMessageContaining("no module-info in");
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}

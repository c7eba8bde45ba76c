package dev.mooring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares a text with a file that is kept; with {@code -Dmooring.regenerate=true} writes the file instead. */
public final class Golden {
    private static final boolean REGENERATE = Boolean.getBoolean("mooring.regenerate");

    private Golden() {}

    /** What a command printed, against a file of the test's resources. */
    public static void output(String text, String name) {
        file(text, Path.of("src/test/resources/golden", name));
    }

    public static void file(String text, Path file) {
        try {
            if (REGENERATE) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, text);
            }
            assertThat(text)
                    .as("%s (CONTRIBUTING.md says how it is written anew)", file)
                    .isEqualTo(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

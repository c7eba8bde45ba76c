package dev.mooring.testing.architecture.waiting;

import java.nio.file.Files;
import java.nio.file.Path;

/** Says that it answers from memory, and asks the disk. */
final class Remembered implements Marked {
    boolean isThere() {
        return Files.exists(Path.of("remembered"));
    }
}

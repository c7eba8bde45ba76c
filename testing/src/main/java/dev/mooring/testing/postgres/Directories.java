package dev.mooring.testing.postgres;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;

/** Copies whole directories. */
final class Directories {
    private static final CopyOption[] WITH_RIGHTS = {StandardCopyOption.COPY_ATTRIBUTES};

    private Directories() {}

    /** Copies everything below {@code from}; {@code to} may exist. */
    static void copy(Path from, Path to) throws IOException {
        copy(from, to, relative -> true);
    }

    /** Copies the files and folders whose path relative to {@code from} is {@code wanted}; skips a file that vanishes meanwhile. */
    static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Path relative = from.relativize(directory);
                if (!wanted.test(relative)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (!Files.isDirectory(to.resolve(relative))) {
                    Files.copy(directory, to.resolve(relative), WITH_RIGHTS);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path relative = from.relativize(file);
                if (wanted.test(relative)) {
                    copyIfThere(file, to.resolve(relative));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    private static void copyIfThere(Path file, Path copy) throws IOException {
        try {
            Files.copy(file, copy, WITH_RIGHTS);
        } catch (NoSuchFileException vanished) {
            Files.deleteIfExists(copy);
        }
    }
}

package dev.mooring.embedded.machine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Operations on whole folders that the JDK lacks. */
public final class Folders {
    private Folders() {}

    /** The permissions of a new folder through which other users reach what it holds for them; they cannot list it. */
    public static FileAttribute<?> passable() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));
    }

    /** The permissions of a new folder that only its owner may enter. */
    public static FileAttribute<?> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    }

    /** Deletes a folder with everything in it; does nothing if there is none. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    /** Writes the names in a folder to the disk, which a rename alone does not do. */
    public static void sync(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}

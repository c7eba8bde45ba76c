package dev.mooring.embedded;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A file that only this program writes and reads, with permissions for its owner alone. Refuses a symbolic link and whatever else is no
 * regular file, because another user may have put it there to make this program write elsewhere.
 */
final class OwnFile {
    /** Far more than such a file ever holds. */
    private static final int MOST_BYTES = 1 << 20;

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private OwnFile() {}

    /** Opens the file for reading and writing; creates it if it is missing. */
    static FileChannel open(Path file) throws IOException {
        return open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Replaces the content of the file; creates it if it is missing. */
    static void write(Path file, String text) throws IOException {
        OpenOption[] options = {
            StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING
        };
        try (FileChannel channel = open(file, options);
                var out = Channels.newOutputStream(channel)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The content of the file; empty if there is none. A file of more than 1 MB is an error. */
    static Optional<String> read(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (FileChannel channel = open(file, StandardOpenOption.READ);
                var in = Channels.newInputStream(channel)) {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new IOException(file + " has more than 1 MB");
            }
            return Optional.of(new String(content, StandardCharsets.UTF_8));
        }
    }

    private static FileChannel open(Path file, OpenOption... options) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is a symbolic link or no regular file");
        }
        Set<OpenOption> all = new HashSet<>(Set.of(options));
        // A link that comes after the look is not followed either.
        all.add(LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(file, all, OWNER_ONLY);
    }
}

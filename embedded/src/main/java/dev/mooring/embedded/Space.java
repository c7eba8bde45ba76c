package dev.mooring.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * The free space of the disk that holds a home.
 *
 * @param home the home
 * @param free the bytes that this user may still write there
 */
record Space(Home home, long free) {
    private static final long MB = 1_000_000;

    /** The programs take 60 MB, a new data directory 40 MB, and its write-ahead log grows to twice its first 16 MB soon. */
    static final long FIRST_START = 150 * MB;

    /** Below this a server that has data cannot start: it needs a segment of the write-ahead log, which has 16 MB. */
    static final long LATER = 20 * MB;

    static Space ofFolder(Home home) {
        try {
            return new Space(home, Files.getFileStore(home.path()).getUsableSpace());
        } catch (IOException unknown) {
            // A disk that cannot say how full it is may have room.
            return new Space(home, Long.MAX_VALUE);
        }
    }

    /**
     * Refuses a disk on which the server could not start.
     *
     * @throws EmbeddedPostgresException there is too little space
     */
    void check(boolean hasData) {
        long needed = hasData ? LATER : FIRST_START;
        if (free < needed) {
            throw home.refused(", on a disk with " + free / MB + " MB left, and the embedded PostgreSQL needs "
                    + needed / MB + " MB there: make room, or name a folder on another disk");
        }
    }

    /** What to do, if there is too little space for a server that has data. */
    Optional<String> whenFull() {
        return free >= LATER
                ? Optional.empty()
                : Optional.of("the disk of " + home.setting() + " (\""
                        + home.path().toAbsolutePath().normalize() + "\") has " + free / MB + " MB left, and it needs "
                        + LATER / MB + " MB: make room there");
    }
}

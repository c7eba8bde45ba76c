package dev.mooring.embedded;

import dev.mooring.embedded.machine.Account;
import dev.mooring.embedded.machine.Folders;
import dev.mooring.embedded.machine.Ownership;
import dev.mooring.embedded.machine.Unprivileged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one embedded server.
 *
 * @param setting the name of the setting that holds the folder; each error message begins with it
 * @param path the folder
 * @param isReached whether the user that runs the server gets into the folder by its path
 */
record Home(String setting, Path path, boolean isReached) {
    /** The programs of a server whose user does not reach the folder. Only root can write there, and no system empties it by itself. */
    private static final Path CACHE = Path.of("/var/cache/mooring");

    /** The working directory of the process that reads this path, whether or not that process may enter the folders above. */
    private static final Path WORKING_DIRECTORY = Path.of("/proc/self/cwd");

    /**
     * The folder, which this call creates if it is missing.
     *
     * @throws EmbeddedPostgresException another user owns the folder or may write there, or root cannot hand it to another user
     */
    static Home open(String setting, Path path) throws IOException {
        Home home = new Home(setting, path, true);
        Files.createDirectories(path, Unprivileged.isRoot() ? Folders.passable() : Folders.ownerOnly());
        home.checkOwner();
        if (!Unprivileged.isRoot()) {
            return home;
        }
        boolean reached = Unprivileged.reaches(path);
        if (!reached && !Files.isDirectory(WORKING_DIRECTORY)) {
            throw home.refused(", which the user that runs PostgreSQL in place of root cannot reach; name a folder"
                    + " outside of those that only root may enter, such as /var/lib/mooring");
        }
        return new Home(setting, path, reached);
    }

    /** What another user put there would run as this one, or would be taken for the data of this service. */
    private void checkOwner() throws IOException {
        Account us = Account.ofThisProcess();
        Ownership link = Ownership.of(path);
        if (!link.isOf(us)) {
            throw refused((link.isLink() ? ", a symbolic link that belongs to user " : ", which belongs to user ")
                    + link.owner() + "; expected a folder of the user that runs this program: run it as " + link.owner()
                    + ", or name another folder");
        }
        Ownership folder = Ownership.of(path.toRealPath());
        if (!folder.isOf(us)) {
            throw refused(", a symbolic link to a folder that belongs to user " + folder.owner()
                    + "; expected a folder of the user that runs this program");
        }
        if (folder.isWritableByOthers()) {
            throw refused(", which other users may write (mode " + folder.permissions()
                    + "); expected a folder that only its owner may write: run chmod go-w on it, or name a folder inside"
                    + " it");
        }
    }

    /** The server's data directory. */
    Path data() {
        return path.resolve("postgres");
    }

    /** Refuses a data directory that another user made. */
    void checkOwnerOfData() throws IOException {
        Ownership its = Ownership.of(data());
        if (its.isLink()) {
            throw refused(", whose folder postgres is a symbolic link; expected the data itself there");
        }
        if (!Unprivileged.mayOwn(its)) {
            throw refused(", whose folder postgres belongs to user " + its.owner()
                    + "; expected data of the user that runs this program: run it as " + its.owner()
                    + ", or name another folder");
        }
    }

    /** Refuses a data directory that other users may enter, as PostgreSQL does. */
    void checkModeOfData() throws IOException {
        Ownership its = Ownership.of(data());
        if (!its.isWithin(0750)) {
            throw refused(", whose folder postgres other users may enter (mode " + its.permissions()
                    + "); expected 0700: run chmod 700 on it, if no other user has changed the data");
        }
    }

    /** The folder for the programs, where the user that runs the server reaches them. */
    Path workshop() throws IOException {
        if (isReached) {
            return path;
        }
        Files.createDirectories(CACHE, Folders.passable());
        Ownership its = Ownership.of(CACHE);
        if (its.isLink() || its.uid() != Account.ROOT || its.isWritableByOthers()) {
            throw refused(", for which the programs are kept in " + CACHE
                    + "; expected that folder to belong to root, who" + " alone may write there");
        }
        // Whatever this process masks.
        Files.setPosixFilePermissions(CACHE, PosixFilePermissions.fromString("rwx--x--x"));
        return CACHE;
    }

    /** The path by which the server names a folder of its own; the folder must be its working directory. */
    Path asSeenFrom(Path workingDirectory) {
        return isReached ? workingDirectory.toAbsolutePath() : WORKING_DIRECTORY;
    }

    /** Refuses the folder: {@code rest} says why, and what is expected. */
    EmbeddedPostgresException refused(String rest) {
        return refusal(setting, path, rest, null);
    }

    static EmbeddedPostgresException refusal(String setting, Path path, String rest, @Nullable Throwable cause) {
        return new EmbeddedPostgresException(setting + " is \"" + path + "\"" + rest, cause);
    }
}

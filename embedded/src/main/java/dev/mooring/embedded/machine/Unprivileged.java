package dev.mooring.embedded.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs programs without the rights of root, because PostgreSQL refuses to run as root. Where this JVM runs as root, as in many containers,
 * a program gets the id of another user, {@code postgres} or else {@code nobody}, who cannot read what belongs to root alone. Elsewhere a
 * program runs as the user of this JVM. Thread-safe.
 */
public final class Unprivileged {
    private Unprivileged() {}

    /** Whether this JVM runs as root. */
    public static boolean isRoot() {
        return Account.ofThisProcess().uid() == Account.ROOT;
    }

    /**
     * The command that runs {@code command} without the rights of root; {@code command} itself where this JVM is not root.
     *
     * @throws IllegalStateException this JVM runs as root and cannot take another user's id; the message is one line for people
     */
    public static List<String> command(List<String> command) {
        if (!isRoot()) {
            return command;
        }
        List<String> all = new ArrayList<>(ChangeOfUser.possible().prefix());
        all.addAll(command);
        return all;
    }

    /** Gives a file to the user of {@link #command}; changes nothing where this JVM is not root. Follows no symbolic link. */
    public static void give(Path file) throws IOException {
        if (isRoot()) {
            Account user = ChangeOfUser.possible().user();
            Files.setAttribute(file, "unix:uid", user.uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:gid", user.gid(), LinkOption.NOFOLLOW_LINKS);
        }
    }

    /**
     * Gives a folder with all folders and files in it, as {@link #give} does; the owner of a link does not matter. Opens each folder
     * through the one above, so that a process which may write there cannot lead it outside.
     */
    public static void giveAll(Path folder) throws IOException {
        if (!isRoot()) {
            return;
        }
        give(folder);
        Account user = ChangeOfUser.possible().user();
        UserPrincipalLookupService names = folder.getFileSystem().getUserPrincipalLookupService();
        try (var content = Files.newDirectoryStream(folder)) {
            if (!(content instanceof SecureDirectoryStream<Path> secure)) {
                throw new IOException("this system has no safe way to change the owner of " + folder);
            }
            giveContent(
                    secure,
                    names.lookupPrincipalByName(String.valueOf(user.uid())),
                    names.lookupPrincipalByGroupName(String.valueOf(user.gid())));
        }
    }

    private static void giveContent(SecureDirectoryStream<Path> folder, UserPrincipal user, GroupPrincipal group)
            throws IOException {
        for (Path path : folder) {
            Path name = path.getFileName();
            PosixFileAttributeView view =
                    folder.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            PosixFileAttributes its = view.readAttributes();
            if (its.isDirectory() || its.isRegularFile()) {
                view.setOwner(user);
                view.setGroup(group);
            }
            if (its.isDirectory()) {
                try (SecureDirectoryStream<Path> inside = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                    giveContent(inside, user, group);
                }
            }
        }
    }

    /**
     * Whether the user of {@link #command} gets into this folder by its absolute path: it may lie below one that only root may enter. A relative
     * path would be reached from a working directory there, but the loader finds the libraries of a program by its absolute one.
     */
    public static boolean reaches(Path folder) {
        String absolute = folder.toAbsolutePath().toString();
        return !isRoot() || ChangeOfUser.possible().permits(List.of("sh", "-c", "test -x \"$0\"", absolute));
    }

    /** Whether an earlier start may have left data with this owner: the user of {@link #command}, of now or of then. */
    public static boolean mayOwn(Ownership data) {
        return data.uid() == Account.ofThisProcess().uid() || (isRoot() && Account.mayHaveRun(data.uid()));
    }
}

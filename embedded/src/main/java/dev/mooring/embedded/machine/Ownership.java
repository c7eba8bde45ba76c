package dev.mooring.embedded.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Who owns a file, and who may do what with it; of a symbolic link, those of the link itself.
 *
 * @param file the file
 * @param uid the number of the owner
 * @param mode kind and permissions, as the operating system counts them
 */
public record Ownership(Path file, int uid, int mode) {
    private static final int KIND = 0170000;
    private static final int LINK = 0120000;
    private static final int FOREIGN_WRITES = 0022;

    /** The ownership of the file at this moment. */
    public static Ownership of(Path file) throws IOException {
        Map<String, Object> unix = Files.readAttributes(file, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
        return new Ownership(file, number(unix, "uid"), number(unix, "mode"));
    }

    private static int number(Map<String, Object> attributes, String name) {
        return (Integer) Objects.requireNonNull(attributes.get(name), name);
    }

    /** The name of the owner, or the number where it has no name. */
    public String owner() throws IOException {
        return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName();
    }

    /** Whether the owner is this user, or root, who may do everything anyway. */
    public boolean isOf(Account user) {
        return uid == user.uid() || uid == Account.ROOT;
    }

    /** Whether the file is a symbolic link. */
    public boolean isLink() {
        return (mode & KIND) == LINK;
    }

    /** Whether another user than the owner may write. */
    public boolean isWritableByOthers() {
        return !isLink() && (mode & FOREIGN_WRITES) != 0;
    }

    /** Whether these permissions, in octal digits such as 0700, hold all that the file grants. */
    public boolean isWithin(int permissions) {
        return (mode & 0777 & ~permissions) == 0;
    }

    /** The permissions in octal digits, such as 0755. */
    public String permissions() {
        return String.format("%04o", mode & 07777);
    }
}

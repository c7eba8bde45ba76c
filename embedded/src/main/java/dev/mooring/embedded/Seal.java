package dev.mooring.embedded;

import dev.mooring.embedded.machine.Account;
import dev.mooring.embedded.machine.Ownership;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells whether the programs in a folder are those of this build. The build carries the checksum of what it unpacks: SHA-256 over the path,
 * the kind and the content of each file. To compute it reads 60 MB, which takes about half a second. So a folder that passed gets a stamp
 * beside it, over the number, the size and the time of the last change of each file. No other user and no archive can forge these, because
 * the operating system chooses them. While the stamp fits, the programs are the same.
 */
final class Seal {
    private static final int BLOCK = 1 << 16;

    private final Path folder;
    private final Path stamp;

    Seal(Path folder) {
        this.folder = folder;
        this.stamp = folder.resolveSibling(folder.getFileName() + ".stamp");
    }

    /** What is wrong with the folder, in words; empty if it has this checksum and only this user or root can write there. */
    String problem(String checksum) throws IOException {
        if (Ownership.of(folder).isLink()) {
            return "the folder is a symbolic link";
        }
        if (OwnFile.read(stamp).equals(Optional.of(present()))) {
            return "";
        }
        Account us = Account.ofThisProcess();
        for (Path file : files()) {
            Ownership its = Ownership.of(file);
            if (!its.isOf(us)) {
                return file + " belongs to user " + its.owner();
            }
            if (its.isWritableByOthers()) {
                return "other users may write " + file;
            }
        }
        if (!checksum().equals(checksum)) {
            return "they are not those that this build carries";
        }
        put();
        return "";
    }

    /** Notes that the folder now holds the programs of this build. */
    void put() throws IOException {
        OwnFile.write(stamp, present());
    }

    private String present() throws IOException {
        MessageDigest sum = sha256();
        for (Path file : files()) {
            add(sum, folder.relativize(file).toString());
            add(
                    sum,
                    Files.readAttributes(file, "unix:ino,ctime,size,mode,uid", LinkOption.NOFOLLOW_LINKS)
                            .values()
                            .stream()
                            .map(String::valueOf)
                            .sorted()
                            .toList()
                            .toString());
        }
        return HexFormat.of().formatHex(sum.digest());
    }

    /** The checksum of the folder as it is now. */
    String checksum() throws IOException {
        MessageDigest sum = sha256();
        for (Path file : files()) {
            add(sum, folder.relativize(file).toString());
            if (Files.isSymbolicLink(file)) {
                add(sum, "link " + Files.readSymbolicLink(file));
            } else if (Files.isDirectory(file)) {
                add(sum, "folder");
            } else {
                boolean program = (Ownership.of(file).mode() & 0100) != 0;
                add(sum, (program ? "program " : "file ") + Files.size(file));
                addContent(sum, file);
            }
        }
        return HexFormat.of().formatHex(sum.digest());
    }

    /** The folder and all that is in it, in the order of the paths. */
    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted().toList();
        }
    }

    private static void add(MessageDigest sum, String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        sum.update((byte) 0);
    }

    private static void addContent(MessageDigest sum, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] block = new byte[BLOCK];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                sum.update(block, 0, read);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", everyJavaHasIt);
        }
    }
}

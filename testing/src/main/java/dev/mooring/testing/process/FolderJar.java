package dev.mooring.testing.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/** A folder of classes as a jar, because an archive of classes accepts no folders. */
final class FolderJar {
    private FolderJar() {}

    /** The jar of {@code classes} in {@code folder}; its name has a number that changes with the classes. */
    static Path of(Path classes, Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.sorted().toList();
        }
        int state = 0;
        for (Path file : files) {
            state = 31 * state + (file + " " + Files.getLastModifiedTime(file) + " " + Files.size(file)).hashCode();
        }
        Path jar = folder.resolve(Integer.toHexString(state) + ".jar");
        if (!Files.exists(jar)) {
            Path fresh = Files.createTempFile(folder, "classes", ".new");
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(fresh))) {
                out.setLevel(Deflater.NO_COMPRESSION);
                for (Path file : files) {
                    add(out, classes, file);
                }
            }
            Files.move(fresh, jar);
        }
        return jar;
    }

    /** Folders too: a search for resources finds packages by them. */
    private static void add(JarOutputStream out, Path classes, Path file) throws IOException {
        boolean isFolder = Files.isDirectory(file);
        String name = classes.relativize(file).toString();
        if (name.isEmpty()) {
            return;
        }
        out.putNextEntry(new JarEntry(isFolder ? name + "/" : name));
        if (!isFolder) {
            Files.copy(file, out);
        }
        out.closeEntry();
    }
}

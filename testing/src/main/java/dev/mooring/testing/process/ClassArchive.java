package dev.mooring.testing.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Java program on this JVM's class path whose loaded classes lie in a file (a dynamic archive, JEP 350), so that each of its starts takes
 * about half of the processor time. The first use in a build makes the file: it runs the program once. All JVMs of the build share it.
 * Immutable, thread-safe.
 *
 * <p>Such a process has no agent: with one, JDK 17 crashes or ignores the file. So a test's processes do not count for the coverage.
 */
public final class ClassArchive {
    private final List<String> command;

    /** One run of a program, during which it loads what later runs will need. */
    @FunctionalInterface
    public interface Training {
        /** Starts the program, uses it, and ends it so that its JVM exits by itself. */
        void run(ChildProcess.Builder program) throws IOException, InterruptedException;
    }

    private ClassArchive(List<String> command) {
        this.command = command;
    }

    /**
     * The archive of a program, made now if the build has none yet.
     *
     * @param folder where the build keeps it
     */
    public static ClassArchive of(Path folder, Class<?> main, Training training) {
        try {
            Files.createDirectories(folder);
            synchronized (ClassArchive.class) {
                try (FileChannel file = FileChannel.open(
                                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock held = file.lock()) {
                    return new ClassArchive(made(folder, main, training));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("no class archive in " + folder, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the class archive was made", stopped);
        }
    }

    private static List<String> made(Path folder, Class<?> main, Training training)
            throws IOException, InterruptedException {
        List<String> elements = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(element);
            // An empty element means the working directory.
            if (!element.isEmpty() && Files.isDirectory(path)) {
                elements.add(FolderJar.of(path, folder).toString());
            } else if (Files.isRegularFile(path)) {
                elements.add(element);
            }
        }
        String classPath = String.join(File.pathSeparator, elements);
        Path file = folder.resolve(
                main.getSimpleName() + "-" + Integer.toHexString((classPath + Runtime.version()).hashCode()) + ".jsa");
        if (!Files.exists(file)) {
            Path fresh = Files.createTempFile(folder, main.getSimpleName(), ".new");
            Files.delete(fresh);
            training.run(ChildProcess.command(command("-XX:ArchiveClassesAtExit=" + fresh, classPath, main)));
            if (!Files.exists(fresh)) {
                throw new IOException(main.getSimpleName() + " left no archive; its JVM must exit by itself");
            }
            Files.move(fresh, file);
        }
        return command("-XX:SharedArchiveFile=" + file, classPath, main);
    }

    private static List<String> command(String archive, String classPath, Class<?> main) {
        return Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                                .filter(option -> option.startsWith("-XX:")),
                        Stream.of(archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-cp", classPath, main.getName()))
                .flatMap(part -> part)
                .collect(Collectors.toList());
    }

    /** The program as a command, without arguments. */
    public List<String> command() {
        return command;
    }
}

package dev.mooring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.embedded.machine.Folders;
import dev.mooring.embedded.machine.Unprivileged;
import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher script on a checkout of two small files, with a JDK and a Maven that only say what they were called with. Run by root, the
 * script runs as another user, for whom permissions count.
 */
@Timeout(60)
class LauncherTest {
    private static final Path SCRIPT = Path.of("../mooring").toAbsolutePath().normalize();

    @TempDir
    private Path top;

    private Path checkout;

    @BeforeEach
    void makeTools() throws IOException {
        open(top);
        checkout = checkout("checkout");
        program(
                "jdk/bin/java",
                "case \"$*\" in *extract*) touch \"${@: -1}/mooring.jar\" ;; *) printf '%s|' \"$@\" ;; esac");
        program("jdk/bin/javac", "");
        Files.writeString(top.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        program(
                "bin/mvn",
                "echo built >>'" + top + "/builds'; [ ! -e '" + top
                        + "/full' ] || { echo 'No space left on device'; exit 1; }");
        program(
                "bin/df",
                "printf 'x x x x x x\\nx 1 1 %s 1%% /\\n' \"$(cat '" + top + "/free' 2>/dev/null || echo 900000)\"");
        Files.createFile(top.resolve("builds"));
        Unprivileged.giveAll(top);
    }

    private Path checkout(String name) throws IOException {
        Path folder = Files.createDirectories(top.resolve(name));
        Files.copy(SCRIPT, folder.resolve("mooring"));
        Files.setPosixFilePermissions(folder.resolve("mooring"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(
                folder.resolve("pom.xml"), "<artifactId>mooring-parent</artifactId>\n<version>1.0.0</version>\n");
        Files.createDirectories(folder.resolve("cli/src/main"));
        Files.writeString(folder.resolve("cli/pom.xml"), "");
        return folder;
    }

    private void program(String path, String script) throws IOException {
        Path file = top.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** One run of the script, with these variables besides PATH, HOME and JAVA_HOME. */
    private ChildProcess run(Path directory, String script, Map<String, String> variables) {
        List<String> command = new ArrayList<>(Unprivileged.command(List.of(script)));
        command.addAll(List.of("config", "-o", "json"));
        Map<String, String> all = new TreeMap<>(Map.of(
                "PATH", top.resolve("bin") + ":/usr/bin:/bin",
                "HOME", top.toString(),
                "JAVA_HOME", top.resolve("jdk").toString()));
        all.putAll(variables);
        ChildProcess process = ChildProcess.command(command)
                .cleanEnvironment()
                .environment(all)
                .directory(directory)
                .start();
        process.awaitExit(Duration.ofSeconds(20));
        return process;
    }

    private ChildProcess run(Map<String, String> variables) {
        return run(checkout, checkout.resolve("mooring").toString(), variables);
    }

    private void works(ChildProcess run) {
        assertThat(run.awaitExit(Duration.ofSeconds(1))).as(run.toString()).isZero();
        assertThat(String.join("", run.stdout()))
                .as(run.toString())
                .startsWith("-XX:+ExitOnOutOfMemoryError|")
                .endsWith("/mooring.jar|config|-o|json|");
    }

    /** One line on standard error after the progress of a build, and exit code 1. */
    private static void refuses(ChildProcess run, String line) {
        assertThat(run.awaitExit(Duration.ofSeconds(1))).as(run.toString()).isEqualTo(1);
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr())
                .filteredOn(one -> !one.contains("building"))
                .singleElement()
                .asString()
                .matches(line);
    }

    @Test
    void checkout_builtOnce_isNotBuiltAgain() throws IOException {
        works(run(Map.of()));
        works(run(Map.of()));

        assertThat(top.resolve("builds")).hasContent("built");
    }

    /** The script of a user prints each half minute; this one each second. */
    @Test
    void build_thatTakesLong_saysHowLongItTook() throws IOException {
        Path script = checkout.resolve("mooring");
        Files.writeString(script, Files.readString(script).replaceAll("\\b30\\b", "1"));
        program("bin/mvn", "sleep 2.5");

        ChildProcess run = run(Map.of());

        works(run);
        assertThat(run.stderr())
                .containsExactly("mooring 1.0.0  building (first run, about a minute) … 1 s … 2 s … done");
    }

    @Test
    void environment_thatWouldRunOrSearchElsewhere_doesNotCount() throws IOException {
        Files.createDirectories(top.resolve("elsewhere/checkout"));
        Path noise = Files.writeString(top.resolve("noise"), "echo noise; cd /; find() { echo found; }\n");

        works(run(
                top,
                "checkout/mooring",
                Map.of(
                        "CDPATH",
                        top.resolve("elsewhere") + ":.",
                        "BASH_ENV",
                        noise.toString(),
                        "ENV",
                        noise.toString(),
                        "BASH_FUNC_cd%%",
                        "() { echo elsewhere; builtin cd \"$@\"; }")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"with spaces and 'quotes'", "-dash", "$(touch made)", "ä ö"})
    void folder_withAnUnusualName_works(String name) throws IOException {
        Path unusual = checkout(name);
        Unprivileged.giveAll(unusual);

        works(run(unusual, "./mooring", Map.of()));
        Path link = Files.createSymbolicLink(top.resolve("link"), unusual.resolve("mooring"));
        works(run(top, link.toString(), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"line\nbreak", "end\n", "co:lon"})
    void folder_withANameThatJavaCannotUse_isRefused(String name) throws IOException {
        Path unusual = checkout(name);
        Unprivileged.giveAll(unusual);

        for (String script : List.of("./mooring", unusual.resolve("mooring").toString())) {
            refuses(run(unusual, script, Map.of()), "mooring: this checkout is in a folder whose name .*; move it");
        }
    }

    @Test
    void build_ofAnotherUser_runsAndIsNotBuiltOver() throws IOException {
        works(run(Map.of()));
        setTree(checkout, "r-xr-xr-x", "r--r--r--");
        Files.setPosixFilePermissions(checkout.resolve("mooring"), PosixFilePermissions.fromString("r-xr-xr-x"));
        works(run(Map.of()));

        Files.setLastModifiedTime(checkout.resolve("pom.xml"), FileTime.fromMillis(System.currentTimeMillis() + 5000));
        if (Unprivileged.isRoot()) {
            Files.setAttribute(checkout.resolve("target/launcher"), "unix:uid", 0);
        }
        refuses(
                run(Map.of()),
                Unprivileged.isRoot()
                        ? "mooring: the build writes to .*/checkout/target/launcher, which belongs to root, and \\w+ cannot; make it"
                                + " writable \\(sudo chown -R \\w+ .*/checkout\\) or copy the checkout to a folder of your own"
                        : "mooring: the build writes to .*/checkout/target/launcher, which is read-only; make it writable or .*");
    }

    @Test
    void build_thatThisUserMayNotRead_isToldInOneLine() throws IOException {
        works(run(Map.of()));
        setTree(checkout.resolve("target"), "rwxr-xr-x", "rw-r--r--");
        try (var builds = Files.newDirectoryStream(checkout.resolve("target/launcher"), "build.??????")) {
            for (Path build : builds) {
                Files.setPosixFilePermissions(build, PosixFilePermissions.fromString("---------"));
            }
        }
        refuses(run(Map.of()), "mooring: the build in .* cannot be read by \\w+; run: sudo chmod -R go\\+rX .*");

        Files.setPosixFilePermissions(checkout.resolve("target"), PosixFilePermissions.fromString("---------"));
        refuses(
                run(Map.of()),
                "mooring: the build writes to .*/checkout/target, which is read-only; make it writable or copy .*");
        Files.setPosixFilePermissions(checkout.resolve("target"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void disk_thatIsFull_isToldInOneLine() throws IOException {
        Files.writeString(top.resolve("free"), "1500");
        refuses(
                run(Map.of()),
                "mooring: a build needs 200 MB and the disk of .*/checkout has 1 MB left; make room there");
        Files.delete(top.resolve("free"));

        Files.createFile(top.resolve("full"));
        refuses(run(Map.of()), "mooring: the build failed because a disk is full; make room .*");
    }

    @Test
    void java_tooOld_isNotUsed() throws IOException {
        works(run(Map.of()));
        Files.writeString(top.resolve("jdk/release"), "JAVA_VERSION=\"11.0.2\"\n");

        refuses(
                run(Map.of("PATH", top.resolve("bin") + ":" + toolsWithoutJava())),
                // Where this machine has a newer JDK in a usual place, that one is used and finds the jar empty.
                "Error: .*jarfile .*|mooring: no JDK found, 17 or newer is needed \\(JAVA_HOME is .*/jdk, which has no java of Java 17 or"
                        + " newer\\); install one .*");
    }

    @Test
    void maven_missing_isToldInOneLine() throws IOException {
        Files.delete(top.resolve("bin/mvn"));
        refuses(
                run(Map.of("PATH", top.resolve("bin") + ":" + toolsWithoutJava())),
                "mooring: no Maven found, 3.8 or newer is needed to build; install it .*");
    }

    /** A folder with the system's programs that the script needs, and no Java or Maven. */
    private Path toolsWithoutJava() throws IOException {
        Path tools = Files.createDirectories(top.resolve("tools"));
        for (String tool :
                "bash sh env cat sed awk find id dirname basename readlink mkdir mktemp touch rm mv chmod head grep flock locale"
                        .split(" ", -1)) {
            Path link = tools.resolve(tool);
            if (Files.notExists(link)) {
                Path at = Path.of("/usr/bin", tool);
                Files.createSymbolicLink(link, Files.exists(at) ? at : Path.of("/bin", tool));
            }
        }
        return tools;
    }

    private static void setTree(Path folder, String folders, String files) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(files));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failed) throws IOException {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(folders));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @AfterEach
    void makeDeletable() throws IOException {
        setTree(checkout, "rwxr-xr-x", "rw-r--r--");
        Folders.delete(checkout);
    }
}

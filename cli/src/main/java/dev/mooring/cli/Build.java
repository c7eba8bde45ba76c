package dev.mooring.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What this program was built from.
 *
 * @param version the release
 * @param commit the abbreviated git commit; {@code unknown} when it was not built from a git checkout
 */
record Build(String version, String commit) {
    private static final String UNKNOWN = "unknown";

    static Build ofThisProgram() {
        return new Build(
                read("/META-INF/build-info.properties").getProperty("build.version", UNKNOWN),
                read("/git.properties").getProperty("git.commit.id.abbrev", UNKNOWN));
    }

    private static Properties read(String resource) {
        Properties properties = new Properties();
        try (InputStream in = Build.class.getResourceAsStream(resource)) {
            if (in != null) {
                properties.load(in);
            }
            return properties;
        } catch (IOException broken) {
            throw new UncheckedIOException(resource + " in the program's jar cannot be read", broken);
        }
    }
}

package dev.mooring.registry.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds data of an embedded database near one that is new. The default of {@code MOORING_HOME} is relative, so a start in another folder than
 * last time begins with an empty registry.
 */
final class OtherHome {
    /** The launcher's property for the checkout that it runs. */
    private static final String CHECKOUT = "mooring.checkout";

    private static final String FOLDER = ".mooring";

    private OtherHome() {}

    /** A word about a home that has no data yet; empty if it has. */
    static Optional<String> hint(Path home) {
        if (hasData(home)) {
            return Optional.empty();
        }
        String here = "this is a new, empty registry";
        return Optional.of(beside(home)
                .map(other -> here + "; " + other + " has data of another: to use it, set MOORING_HOME=" + other)
                .orElse(here));
    }

    /** In the folders above the home, and in the checkout. */
    private static Optional<Path> beside(Path home) {
        Path absolute = home.toAbsolutePath().normalize();
        Stream<Path> above = Stream.iterate(absolute.getParent(), folder -> folder != null, Path::getParent);
        Stream<Path> checkout = Stream.ofNullable(System.getProperty(CHECKOUT))
                .filter(path -> !path.isEmpty())
                .map(Path::of);
        return Stream.concat(above, checkout)
                .map(folder -> folder.resolve(FOLDER).toAbsolutePath().normalize())
                .filter(other -> !other.equals(absolute) && hasData(other))
                .findFirst();
    }

    private static boolean hasData(Path home) {
        return Files.exists(home.resolve("postgres"));
    }
}

package dev.mooring.spring.environment;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * Defaults for the service's name, address, port and version: Boot's properties {@code spring.application.name},
 * {@code server.address} and {@code server.port}, and the version in the build's file {@code META-INF/build-info.properties}.
 */
final class KnownByDefault {
    private static final String BUILD = "META-INF/build-info.properties";

    private KnownByDefault() {}

    static PropertySource<?> source(Environment environment, ClassLoader loader) {
        Map<String, Object> known = new HashMap<>();
        BootProperty.value(environment, "spring.application.name")
                .map(name -> name.substring(0, Math.min(name.length(), ServiceSettings.LONGEST_NAME)))
                .ifPresent(name -> known.put("mooring.service.name", Elsewhere.value(name, "spring.application.name")));
        BootProperty.value(environment, "server.address")
                .ifPresent(address -> known.put("mooring.bind-address", Elsewhere.value(address, "server.address")));
        // Boot accepts more than a port number, such as -1 in a test without a server.
        BootProperty.value(environment, "server.port")
                .filter(port -> ServiceSettings.PORT
                        .type()
                        .reader()
                        .apply(port)
                        .filter(number -> number >= 0 && number <= 65_535)
                        .isPresent())
                .ifPresent(port -> known.put("mooring.port", Elsewhere.value(port, "server.port")));
        version(loader).ifPresent(version -> known.put("mooring.service.version", Elsewhere.value(version, "build")));
        return new OriginTrackedMapPropertySource("mooringKnown", known);
    }

    private static Optional<String> version(ClassLoader loader) {
        try (InputStream file = loader.getResourceAsStream(BUILD)) {
            if (file == null) {
                return Optional.empty();
            }
            Properties build = new Properties();
            build.load(file);
            return Optional.ofNullable(build.getProperty("build.version"));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}

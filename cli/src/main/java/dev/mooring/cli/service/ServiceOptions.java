package dev.mooring.cli.service;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that asks a running service. */
public final class ServiceOptions {
    private static final Pattern KEY = Pattern.compile("[ -~]+");
    private static final String DEFAULT_URL = "http://127.0.0.1:8080";

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Address of the service (MOORING_URL, default: " + DEFAULT_URL + ").")
    private @Nullable String url;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "File with the key, which MOORING_KEY may hold instead.")
    private @Nullable String keyFile;

    /**
     * The service that the options or the environment name.
     *
     * @throws ParameterException the address is none, the file of the key cannot be read, or no header can carry the key
     */
    ServiceClient client(Map<String, String> environment) {
        String address = url == null ? environment.getOrDefault("MOORING_URL", DEFAULT_URL) : url;
        String given = keyFile == null ? environment.getOrDefault("MOORING_KEY", "") : read(keyFile);
        String key = given.strip();
        if (!key.isEmpty() && !KEY.matcher(key).matches()) {
            throw wrong("the key must be a line of visible ASCII characters");
        }
        return new ServiceClient(uri(address), Optional.of(key).filter(text -> !text.isEmpty()));
    }

    private URI uri(String address) {
        try {
            URI uri = new URI(address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException noUri) {
            // It is refused below.
        }
        throw wrong("the address of the service must be one such as " + DEFAULT_URL);
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException | InvalidPathException unreadable) {
            throw wrong("--key-file is \"" + file + "\"; expected a file that can be read");
        }
    }

    private ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException("picocli has not set the command");
        }
        return new ParameterException(command.commandLine(), message);
    }
}

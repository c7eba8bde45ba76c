package dev.mooring.cli.service;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that asks a running service. */
public final class ServiceOptions {
    private static final Pattern KEY = Pattern.compile("[ -~]+");
    private static final String URL = "MOORING_URL";
    private static final String DEFAULT_URL = "http://127.0.0.1:8080";

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Address of the service (MOORING_URL, default: " + DEFAULT_URL + ").")
    private @Nullable String url;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description =
                    "File of the authorities (PEM) that may sign the certificate of an HTTPS address (TLS_CA_FILE,"
                            + " default: those of the JDK).")
    private @Nullable String authorities;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "File with the key, which MOORING_KEY may hold instead.")
    private @Nullable String keyFile;

    /**
     * The service that the options or the environment name.
     *
     * @throws ParameterException the address is none, a file cannot be read, or no header can carry the key
     */
    public ServiceClient client(Map<String, String> environment) {
        URI address = uri(url == null ? environment.getOrDefault(URL, DEFAULT_URL) : url);
        String given = keyFile == null ? environment.getOrDefault("MOORING_KEY", "") : read(keyFile);
        String key = given.strip();
        if (!key.isEmpty() && !KEY.matcher(key).matches()) {
            throw wrong("the key must be a line of visible ASCII characters");
        }
        return new ServiceClient(
                address, Optional.of(key).filter(text -> !text.isEmpty()), trust(address, environment));
    }

    /** Whether the user names a service with {@code --url}. */
    public boolean isNamed() {
        return url != null;
    }

    /** Whether the environment names a service. */
    public static boolean isNamedIn(Map<String, String> environment) {
        return !environment.getOrDefault(URL, "").isEmpty();
    }

    private Optional<SSLSocketFactory> trust(URI address, Map<String, String> environment) {
        String file = authorities == null ? environment.getOrDefault("TLS_CA_FILE", "") : authorities;
        if (file.isEmpty() || !"https".equals(address.getScheme())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Authorities.trusted(Path.of(file)));
        } catch (IOException | GeneralSecurityException | InvalidPathException unusable) {
            throw wrong((authorities == null ? "TLS_CA_FILE" : "--ca-file") + " is \"" + file
                    + "\"; expected a readable file of PEM certificates");
        }
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

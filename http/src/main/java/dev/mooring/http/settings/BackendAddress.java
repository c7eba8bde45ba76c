package dev.mooring.http.settings;

import dev.mooring.settings.ValueType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** The address of a backend: {@code http} or {@code https}, a host, perhaps a port and a path before all of the backend's own. */
final class BackendAddress {
    static final ValueType<URI> TYPE = ValueType.of(
                    URI.class,
                    "an address such as http://host:5000 or https://host/path, without user, query and fragment",
                    BackendAddress::parse)
            .showing(ValueType.Visibility.URI);

    private BackendAddress() {}

    /** Reads an address, without a slash at its end; empty when the text is none. */
    static Optional<URI> parse(String text) {
        try {
            URI uri = new URI(text.strip().replaceFirst("/+$", "")).parseServerAuthority();
            return isAddress(uri) ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    /** Whether calls can go there. A user is refused, because an address is shown and a password is not. */
    static boolean isAddress(URI uri) {
        return uri.getScheme() != null
                && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?")
                && uri.getHost() != null
                && uri.getPort() <= 65_535
                && uri.getPort() != 0
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && !uri.getRawPath().endsWith("/")
                && uri.normalize().equals(uri);
    }
}

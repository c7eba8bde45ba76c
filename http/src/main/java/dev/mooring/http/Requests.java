package dev.mooring.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns a call into a request to the backend's own address. Thread-safe. */
final class Requests {
    private final URI address;
    private final Authorization authorization;

    Requests(URI address, Authorization authorization) {
        this.address = address;
        this.authorization = authorization;
    }

    /**
     * The request of a call. A target begins with a slash, so it cannot change scheme, host and port.
     *
     * @throws IllegalArgumentException the secret of the backend is no value of a header
     */
    HttpRequest.Builder of(HttpCall call, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + call.target()))
                .version(HttpClient.Version.HTTP_1_1)
                .method(call.method(), body);
        call.headers().forEach(header -> request.header(header.name(), header.value()));
        Set<String> given = call.headers().stream()
                .map(header -> header.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        addUnlessGiven(request, given, Authorization.HEADER, authorization.value());
        addUnlessGiven(request, given, Correlation.REQUEST_ID, Correlation.requestId());
        addUnlessGiven(request, given, Correlation.TRACE_PARENT, Correlation.traceParent());
        return request;
    }

    private static void addUnlessGiven(
            HttpRequest.Builder request, Set<String> given, String name, Optional<String> value) {
        if (!given.contains(name.toLowerCase(Locale.ROOT))) {
            value.ifPresent(present -> request.header(name, present));
        }
    }
}

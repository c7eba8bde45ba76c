package dev.mooring.registry.gateway;

import dev.mooring.http.HttpCall;
import dev.mooring.operations.access.Caller;
import dev.mooring.registry.mlflow.Area;
import dev.mooring.registry.mlflow.Effect;
import dev.mooring.registry.mlflow.MlflowCall;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A client's call that may be forwarded.
 *
 * @param request the request
 * @param call method, path and endpoint
 * @param target path and query on the MLflow server
 */
record Incoming(HttpServletRequest request, MlflowCall call, String target) {
    static final String WORKSPACE = "X-MLFLOW-WORKSPACE";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final String ACCEPT_ENCODING = "accept-encoding";
    private static final String CHUNKS = "Transfer-Encoding";

    /**
     * Reads a request.
     *
     * @throws ProblemException it may not be forwarded
     */
    static Incoming of(HttpServletRequest request) {
        if (!METHODS.contains(request.getMethod())) {
            throw refused(405, "method_not_allowed", "MLflow knows no such method.");
        }
        String path = PathGuard.path(request.getRequestURI())
                .orElseThrow(() -> refused(
                        400,
                        "path_refused",
                        "A path that is forwarded has no empty segment, no dots as a segment, no encoded slash, and no"
                                + " backslash, semicolon or control character."));
        String query = query(request);
        if (!PathGuard.isQuery(query)) {
            throw refused(400, "query_refused", "The query is not encoded as a URI wants it.");
        }
        MlflowCall call = MlflowCall.of(request.getMethod(), mapped(request))
                .orElseThrow(() -> refused(404, "not_found", "This path does not belong to MLflow."));
        Incoming incoming = new Incoming(request, call, query.isEmpty() ? path : path + "?" + query);
        incoming.checkWorkspace();
        return incoming;
    }

    private static ProblemException refused(int status, String code, String detail) {
        return new ProblemException(Problem.of(status, code, detail));
    }

    /** The path as the container maps it, by which access was granted. */
    static String mapped(HttpServletRequest request) {
        return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    }

    private static String query(HttpServletRequest request) {
        return Objects.requireNonNullElse(request.getQueryString(), "");
    }

    /** A header that is left out would lead the call into another workspace. */
    private void checkWorkspace() {
        List<String> given = Collections.list(request.getHeaders(WORKSPACE));
        boolean fits = given.stream().allMatch(value -> HttpCall.isHeader(WORKSPACE, value));
        boolean passes = !HeaderGuard.toMlflow(List.of(WORKSPACE), connection()).isEmpty();
        if (given.size() > 1 || !fits || !passes) {
            throw refused(
                    400,
                    "workspace_refused",
                    "The header " + WORKSPACE + " must be one printable ASCII text, and Connection must not name it.");
        }
    }

    private List<String> connection() {
        return Collections.list(request.getHeaders("Connection"));
    }

    Optional<String> workspace() {
        return Optional.ofNullable(request.getHeader(WORKSPACE)).filter(name -> !name.isBlank());
    }

    boolean isRead() {
        return call.effect() == Effect.READ;
    }

    boolean isHead() {
        return call.method().equals("HEAD");
    }

    /** Whether a body follows; it may be empty. */
    boolean hasBody() {
        return request.getContentLengthLong() > 0 || request.getHeader(CHUNKS) != null;
    }

    /** The call on MLflow, without a body. Of a call on the registry the answer comes as it is, because an observer reads it. */
    HttpCall outgoing() {
        HttpCall out = HttpCall.of(call.method(), target);
        List<String> names = new ArrayList<>(Collections.list(request.getHeaderNames()));
        if (call.area() == Area.REGISTRY) {
            names.removeIf(name -> name.toLowerCase(Locale.ROOT).equals(ACCEPT_ENCODING));
        }
        for (String name : HeaderGuard.toMlflow(names, connection())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                out = HttpCall.isHeader(name, value) ? out.header(name, value) : out;
            }
        }
        return out;
    }

    /** The same with a body in memory. */
    HttpCall outgoing(byte[] body) {
        return body.length == 0 ? outgoing() : outgoing().body(body);
    }

    /** The call for an observer. */
    RegistryCall seen(byte[] body) {
        String caller = Caller.nameOf(request.getUserPrincipal());
        return new RegistryCall(call, workspace(), caller, query(request), body, System.nanoTime());
    }

    /** Method and endpoint, for the log. */
    @Override
    public String toString() {
        return call.method() + " " + call.path().rest();
    }
}

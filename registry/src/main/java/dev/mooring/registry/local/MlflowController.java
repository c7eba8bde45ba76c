package dev.mooring.registry.local;

import dev.mooring.operations.access.Caller;
import dev.mooring.operations.digest.Sha256;
import dev.mooring.registry.mlflow.MlflowCall;
import dev.mooring.registry.mlflow.MlflowErrorCode;
import dev.mooring.registry.mlflow.MlflowException;
import dev.mooring.registry.mlflow.Parameters;
import dev.mooring.spring.body.BodyEncoding;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemWriter;
import dev.mooring.spring.request.ClientConnection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Serves the paths of MLflow where no MLflow server stands behind the service. */
@RestController
@RequestMapping({
    "/api/2.0/mlflow/**",
    "/api/2.0/mlflow-artifacts/**",
    "/api/3.0/mlflow/**",
    "/ajax-api/**",
    "/mlflow/api/2.0/mlflow/**",
    "/mlflow/api/2.0/mlflow-artifacts/**",
    "/mlflow/api/3.0/mlflow/**",
    "/mlflow/ajax-api/**",
    "/api/mlflow/api/2.0/mlflow/**",
    "/api/mlflow/api/2.0/mlflow-artifacts/**",
    "/api/mlflow/api/3.0/mlflow/**",
    "/api/mlflow/ajax-api/**"
})
final class MlflowController {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SERVER_INFO = "3.0/mlflow/server-info";
    private static final String NEW_VERSION = "2.0/mlflow/model-versions/create";
    private static final byte[] NO_BODY = {};

    private final LocalMlflow mlflow;
    private final Deliveries deliveries;

    MlflowController(LocalMlflow mlflow, Deliveries deliveries) {
        this.mlflow = mlflow;
        this.deliveries = deliveries;
    }

    @RequestMapping
    void call(HttpServletRequest request, HttpServletResponse response) throws IOException {
        MlflowCall call = call(request);
        LocalCall local = mlflow.find(call);
        refuseWorkspace(request, call);
        boolean hasQuery = isRead(request) && !request.getParameterMap().isEmpty();
        byte[] body = hasQuery ? NO_BODY : request.getInputStream().readAllBytes();
        Parameters parameters = hasQuery ? Parameters.ofQuery(request.getParameterMap()) : ofBody(request, body);
        String actor = Caller.nameOf(request.getUserPrincipal());
        if (!call.path().resource().equals(NEW_VERSION)) {
            write(local.answer(parameters, new Sender(actor, null)), response);
            return;
        }
        try (Delivery delivery = deliveries.begin(digest(actor, call, body))) {
            write(local.answer(parameters, new Sender(actor, delivery.request())), response);
            delivery.sent(
                    request.getAttribute(ClientConnection.ATTRIBUTE) instanceof ClientConnection known ? known : null);
        }
    }

    /** Without a mapping of its own, OPTIONS would be answered for every path below those above, with methods that it does not take. */
    @RequestMapping(method = RequestMethod.OPTIONS)
    void options(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(
                HttpHeaders.ALLOW,
                String.join(", ", mlflow.methods(call(request).path())));
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private static MlflowCall call(HttpServletRequest request) {
        return MlflowCall.of(request.getMethod(), path(request))
                .orElseThrow(
                        () -> new MlflowException(MlflowErrorCode.ENDPOINT_NOT_FOUND, "There is no such endpoint."));
    }

    private static void write(Map<String, Object> members, HttpServletResponse response) throws IOException {
        byte[] answer = JSON.writeValueAsBytes(members);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(answer.length);
        response.getOutputStream().write(answer);
        response.flushBuffer();
    }

    /** Equal for two calls of one caller with the same path and body. */
    private static byte[] digest(String actor, MlflowCall call, byte[] body) {
        MessageDigest digest = Sha256.begin();
        digest.update((actor + '\0' + call.path().resource() + '\0').getBytes(StandardCharsets.UTF_8));
        digest.update(body);
        return digest.digest();
    }

    /** A client that names a workspace must not believe that its call stays in it. It asks for server-info to learn that there are none. */
    private static void refuseWorkspace(HttpServletRequest request, MlflowCall call) {
        String workspace = request.getHeader("X-MLFLOW-WORKSPACE");
        if (workspace != null && !workspace.isEmpty() && !call.path().resource().equals(SERVER_INFO)) {
            throw MlflowException.invalid(
                    "This registry has no workspaces, and the header X-MLFLOW-WORKSPACE names one."
                            + " Unset MLFLOW_WORKSPACE of the client.");
        }
    }

    /** The path as the container maps it: decoded, and without parameters of segments. One with an empty segment is none of MLflow's. */
    private static String path(HttpServletRequest request) {
        if (request.getRequestURI().contains("//")) {
            return "";
        }
        return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    }

    private static boolean isRead(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static Parameters ofBody(HttpServletRequest request, byte[] body) {
        BodyEncoding.check(request);
        if (request.getMethod().equals("POST") && !isJson(request.getContentType())) {
            throw MlflowException.invalid("The header Content-Type must be application/json.");
        }
        return Parameters.ofBody(body);
    }

    private static boolean isJson(@Nullable String type) {
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(MediaType.APPLICATION_JSON_VALUE);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> refused(MlflowException refused) {
        return ResponseEntity.status(refused.error().status())
                .contentType(MediaType.APPLICATION_JSON)
                .body(refused.error().body());
    }

    @ExceptionHandler
    void refused(MethodNotAllowed refused, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String methods = String.join(", ", refused.methods());
        response.setHeader(HttpHeaders.ALLOW, methods);
        ProblemWriter.write(
                request, response, Problem.of(405, "method_not_allowed", "This path takes only " + methods + "."));
    }
}

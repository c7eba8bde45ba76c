package dev.mooring.registry.gateway;

import dev.mooring.registry.mlflow.Effect;
import dev.mooring.registry.mlflow.MlflowCall;
import dev.mooring.registry.mlflow.MlflowException;
import dev.mooring.registry.mlflow.Parameters;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A call of a client on MLflow's registry.
 *
 * @param call method, path and endpoint
 * @param workspace the workspace that the client names; empty for MLflow's own
 * @param caller the name of the caller
 * @param query the query as it arrived; empty if there is none
 * @param body the body as it arrived; not to be changed
 * @param sentAt {@link System#nanoTime()} before the gateway sent the call to MLflow; by it the mirror knows which answers overlap
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record RegistryCall(
        MlflowCall call, Optional<String> workspace, String caller, String query, byte[] body, long sentAt) {
    /** Whether the call changes nothing. */
    public boolean isRead() {
        return call.effect() == Effect.READ;
    }

    /**
     * The parameters as MLflow reads them: a GET from its query or else from its body, every other method from its body.
     *
     * @throws MlflowException the body is other JSON than an object
     */
    public Parameters parameters() {
        boolean fromQuery = (call.method().equals("GET") || call.method().equals("HEAD")) && !query.isEmpty();
        return fromQuery ? Parameters.ofQuery(decoded()) : Parameters.ofBody(body);
    }

    private Map<String, String[]> decoded() {
        Map<String, String[]> values = new LinkedHashMap<>();
        for (String pair : List.of(query.split("&"))) {
            String[] parts = pair.split("=", 2);
            String value = parts.length == 1 ? "" : decoded(parts[1]);
            values.merge(decoded(parts[0]), new String[] {value}, (before, one) -> Stream.of(before, one)
                    .flatMap(Stream::of)
                    .toArray(String[]::new));
        }
        return values;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

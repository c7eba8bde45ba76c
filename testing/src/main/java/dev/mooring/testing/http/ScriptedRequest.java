package dev.mooring.testing.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that arrived.
 *
 * @param method the method
 * @param target path and query, as they arrived
 * @param headers all headers; names in any case of their letters find them
 * @param body the body, without chunks; what the script leaves is read and thrown away
 * @param onItsConnection how many requests its connection carried, this one included
 */
public record ScriptedRequest(
        String method, String target, Map<String, List<String>> headers, InputStream body, int onItsConnection) {

    /** The path, without the query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The first header with this name. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Reads what is left of the body, as UTF-8. */
    public String text() {
        try {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}

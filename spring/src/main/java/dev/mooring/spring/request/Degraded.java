package dev.mooring.spring.request;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The header {@code Mooring-Degraded}: the dependencies whose trouble affects this answer, as {@code redis, mlflow}. */
public final class Degraded {
    /** The name of the header. */
    public static final String HEADER = "Mooring-Degraded";

    private Degraded() {}

    /** Adds a dependency to those that affect this answer. Call it before the answer is committed, on the thread of the request. */
    public static void mark(HttpServletResponse response, String dependency) {
        String before = response.getHeader(HEADER);
        Set<String> all = new LinkedHashSet<>(before == null ? List.of() : List.of(before.split(", ")));
        all.add(dependency);
        response.setHeader(HEADER, String.join(", ", all));
    }
}

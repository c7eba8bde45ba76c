package dev.mooring.spring.request;

import dev.mooring.spring.memory.FromMemory;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/**
 * Says which requests have limits of their own. A module or an application that passes requests on, or streams, defines a bean of this type.
 * Thread-safe.
 */
@FunctionalInterface
public interface OwnLimits extends FromMemory {
    /** The limits of {@code request}; empty if it has the usual ones. */
    Optional<RequestLimit> of(HttpServletRequest request);

    /** The first that has something to say about {@code request}. */
    static OwnLimits firstOf(List<OwnLimits> all) {
        return request -> all.stream().flatMap(one -> one.of(request).stream()).findFirst();
    }
}

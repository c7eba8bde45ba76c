package dev.mooring.spring.tomcat;

import java.io.EOFException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Who wants to know whether an answer arrived, by connection. Thread-safe. A connection that is gone takes its entry with it. */
final class WatchedConnections {
    private final Map<SocketWrapperBase<?>, Consumer<Boolean>> waiting =
            Collections.synchronizedMap(new WeakHashMap<>());

    void watch(SocketWrapperBase<?> connection, Consumer<Boolean> told) {
        waiting.put(connection, told);
    }

    /** The client has sent another request, so it has read the answers before. */
    void isAlive(SocketWrapperBase<?> connection) {
        tell(connection, true);
    }

    /** The connection ended. A client that closes it in order leaves the end of the stream. */
    void ended(SocketWrapperBase<?> connection, @Nullable Throwable cause) {
        tell(connection, cause == null || cause instanceof EOFException);
    }

    private void tell(SocketWrapperBase<?> connection, boolean arrived) {
        Consumer<Boolean> told = waiting.remove(connection);
        if (told != null) {
            told.accept(arrived);
        }
    }
}

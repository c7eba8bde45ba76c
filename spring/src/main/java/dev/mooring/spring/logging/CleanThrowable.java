package dev.mooring.spring.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An exception whose message, and those of its causes, are {@linkplain CleanText clean}. Immutable. */
final class CleanThrowable implements IThrowableProxy {
    private final IThrowableProxy thrown;

    private CleanThrowable(IThrowableProxy thrown) {
        this.thrown = thrown;
    }

    static @Nullable IThrowableProxy of(@Nullable IThrowableProxy thrown) {
        return thrown == null ? null : new CleanThrowable(thrown);
    }

    @Override
    public @Nullable String getMessage() {
        return orNull(thrown.getMessage());
    }

    @Override
    public @Nullable String getOverridingMessage() {
        return orNull(thrown.getOverridingMessage());
    }

    private static @Nullable String orNull(@Nullable String message) {
        return message == null ? null : CleanText.of(message);
    }

    @Override
    public String getClassName() {
        return thrown.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
        // Without the jar of each frame, which doubles the size of a trace.
        return Stream.of(thrown.getStackTraceElementProxyArray())
                .map(frame -> new StackTraceElementProxy(frame.getStackTraceElement()))
                .toArray(StackTraceElementProxy[]::new);
    }

    @Override
    public int getCommonFrames() {
        return thrown.getCommonFrames();
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
        return of(thrown.getCause());
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
        IThrowableProxy[] suppressed = thrown.getSuppressed();
        return suppressed == null
                ? new IThrowableProxy[0]
                : Stream.of(suppressed).map(CleanThrowable::new).toArray(IThrowableProxy[]::new);
    }

    @Override
    public boolean isCyclic() {
        return thrown.isCyclic();
    }
}

package dev.mooring.postgres;

import dev.mooring.Dependency;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.postgres.connect.PostgresFailures;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pooled connection in use by a caller, from the pool and back to it. It sees how the caller's statements end and reports one outcome.
 * One thread at a time uses it, as any connection; a second {@code close()} does nothing.
 */
final class Checkout implements InvocationHandler {
    private static final Pattern WRITES = Pattern.compile("\\b(insert|update|delete|merge|copy|create|alter)\\b");

    private final Connection pooled;
    private final Connection shown;
    private final Turn turn;
    private final Dependency dependency;
    private final CallFindings findings;
    private final StatementLimits limits;
    /** The thread that sets it gives the connection back to the pool. */
    private final AtomicBoolean done = new AtomicBoolean();

    private TransactionIsolation isolation = TransactionIsolation.UNCHANGED;
    /** The server's limit of a statement that the transaction began with, behind a pooler. */
    private Optional<Duration> limitOfTransaction = Optional.empty();

    private boolean failed;
    private boolean answered;
    private boolean wrote;
    /** Whether the transaction has done something that a roll-back would undo. */
    private boolean begun;
    /** Whether the caller has the driver's own connection, on which it may work unseen. */
    private boolean unwrapped;

    Checkout(Connection pooled, Turn turn, Dependency dependency, CallFindings findings, StatementLimits limits) {
        this.pooled = pooled;
        this.turn = turn;
        this.dependency = dependency;
        this.findings = findings;
        this.limits = limits;
        this.shown = proxy(Connection.class, this);
    }

    /** The connection that the caller gets. */
    Connection connection() {
        return shown;
    }

    /** The pooled connection behind one that a caller got; any other connection as it is. */
    static Connection pooled(Connection shown) {
        return Proxy.isProxyClass(shown.getClass()) && Proxy.getInvocationHandler(shown) instanceof Checkout checkout
                ? checkout.pooled
                : shown;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        switch (method.getName()) {
            case "close", "abort" -> {
                giveBack(method, arguments);
                return null;
            }
            case "equals" -> {
                return arguments != null && proxy == arguments[0];
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            case "toString" -> {
                return dependency.name() + " " + pooled;
            }
            case "commit" -> {
                limits.beforeStatement(pooled);
                Object result = call(pooled, method, arguments);
                begun = false;
                committed();
                return result;
            }
            case "rollback" -> {
                // The server rolls back a transaction whose connection is lost; a second failure would only hide the
                // first.
                if (!done.get() && pooled.isClosed()) {
                    return null;
                }
                Object result = call(pooled, method, arguments);
                begun = begun && arguments != null && arguments.length > 0;
                return result;
            }
            case "unwrap" -> {
                unwrapped = true;
                return call(pooled, method, arguments);
            }
            case "setTransactionIsolation" -> {
                if (!limits.arePerTransaction() || StatementLimits.hasBegun(pooled)) {
                    return call(pooled, method, arguments);
                }
                isolation = TransactionIsolation.of((int) Objects.requireNonNull(Objects.requireNonNull(arguments)[0]));
                return null;
            }
            case "getTransactionIsolation" -> {
                TransactionIsolation next = limits.orStandard(isolation);
                return next == TransactionIsolation.UNCHANGED
                        ? call(pooled, method, arguments)
                        : Integer.valueOf(next.level());
            }
            case "setSavepoint" -> {
                beforeStatement();
                begun = true;
                return call(pooled, method, arguments);
            }
            case "setSchema" -> {
                if (limits.arePerTransaction()) {
                    throw new SQLFeatureNotSupportedException(dependency.name()
                            + " is behind a pooler, where a session keeps no search path: set it for the role, or name the"
                            + " schema in the statements");
                }
                return call(pooled, method, arguments);
            }
            default -> {
                Object result = call(pooled, method, arguments);
                return result instanceof Statement statement ? watched(statement, method, arguments) : result;
            }
        }
    }

    private Statement watched(Statement statement, Method made, @Nullable Object @Nullable [] arguments) {
        boolean prepared = made.getName().startsWith("prepare");
        String sql = arguments != null && prepared ? String.valueOf(arguments[0]) : "";
        return (Statement) proxy(made.getReturnType(), new WatchedStatement(this, statement, sql));
    }

    /** Calls the method of {@code target} and looks at the exception that it throws. */
    @Nullable
    Object call(Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        long begun = System.nanoTime();
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw thrown(e, begun);
        }
    }

    private Throwable thrown(InvocationTargetException e, long begun) {
        Throwable error = e.getCause() == null ? e : e.getCause();
        if (error instanceof SQLException sql) {
            failed(sql, begun);
        }
        return error;
    }

    /**
     * Executes a statement. Once more when a migration made its prepared plan stale and the transaction did nothing before: the server
     * wrote nothing, and the driver plans the statement anew.
     */
    @Nullable
    Object execute(Statement statement, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        long begunAt = System.nanoTime();
        try {
            return method.invoke(statement, arguments);
        } catch (InvocationTargetException e) {
            boolean again = e.getCause() instanceof SQLException sql
                    && RolledBack.isStalePlan(sql)
                    && !method.getName().endsWith("Batch")
                    && !begun
                    && !unwrapped;
            if (!again) {
                throw thrown(e, begunAt);
            }
        }
        if (!pooled.getAutoCommit()) {
            pooled.rollback();
        }
        beforeStatement();
        return call(statement, method, arguments);
    }

    void beforeStatement() throws SQLException {
        limits.beforeStatement(pooled);
        if (!limits.arePerTransaction()) {
            return;
        }
        if (pooled.getAutoCommit()) {
            limitOfTransaction = Optional.empty();
        } else if (!StatementLimits.hasBegun(pooled)) {
            limitOfTransaction = Optional.of(begin());
        }
    }

    private Duration begin() throws SQLException {
        long begunAt = System.nanoTime();
        try {
            return limits.begin(pooled, isolation);
        } catch (SQLException error) {
            failed(error, begunAt);
            throw error;
        }
    }

    int cancelAfter(int asked) {
        return limits.cancelAfter(asked);
    }

    void executed(String sql) throws SQLException {
        answered = true;
        begun = !pooled.getAutoCommit();
        if (findings.isWriteNews()
                && WRITES.matcher(sql.toLowerCase(Locale.ROOT)).find()) {
            wrote = true;
            if (pooled.getAutoCommit()) {
                committed();
            }
        }
    }

    private void committed() {
        if (wrote) {
            wrote = false;
            findings.wrote(dependency);
        }
    }

    private void failed(SQLException error, long begunAt) {
        if (done.get()) {
            // The outcome is already reported; to use a closed connection is a mistake of the caller.
            return;
        }
        Failure failure = Failure.of(error, classifier(begunAt), Instant.now()).orElse(null);
        if (failure == null) {
            answered = true;
            findings.refused(dependency, error);
            return;
        }
        if (!failed) {
            failed = true;
            turn.failed(failure);
        }
        findings.failed(dependency, failure, !isReadOnly());
    }

    private FailureClassifier classifier(long begunAt) {
        return PostgresFailures.underOurLimit(dependency.classifier(), () -> hasOurLimitElapsed(begunAt));
    }

    /** Whether the server's limit that we set could have ended a statement that began at this nanosecond. */
    private boolean hasOurLimitElapsed(long begunAt) {
        Duration took = Duration.ofNanos(System.nanoTime() - begunAt);
        Optional<Duration> limit =
                limits.arePerTransaction() ? limitOfTransaction : Optional.of(limits.ofSession(pooled));
        return limit.filter(one -> !one.isZero() && took.compareTo(one) >= 0).isPresent();
    }

    private boolean isReadOnly() {
        try {
            return pooled.isReadOnly();
        } catch (SQLException broken) {
            return false;
        }
    }

    private void giveBack(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        if (!done.compareAndSet(false, true)) {
            return;
        }
        try {
            call(pooled, method, arguments);
        } finally {
            if (answered) {
                turn.succeeded();
            }
            turn.close();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Checkout.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

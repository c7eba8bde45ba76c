package dev.mooring.postgres;

import dev.mooring.Dependency;
import dev.mooring.Ticket;
import dev.mooring.failure.Failure;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
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
    private final Ticket ticket;
    private final Dependency dependency;
    private final CallFindings findings;
    private final StatementLimits limits;
    /** The thread that sets it gives the connection back to the pool. */
    private final AtomicBoolean done = new AtomicBoolean();

    private TransactionIsolation isolation = TransactionIsolation.UNCHANGED;
    private boolean failed;
    private boolean answered;
    private boolean wrote;
    /** Whether the transaction has done something that a roll-back would undo. */
    private boolean begun;
    /** Whether the caller has the driver's own connection, on which it may work unseen. */
    private boolean unwrapped;

    Checkout(Connection pooled, Ticket ticket, Dependency dependency, CallFindings findings, StatementLimits limits) {
        this.pooled = pooled;
        this.ticket = ticket;
        this.dependency = dependency;
        this.findings = findings;
        this.limits = limits;
        this.shown = proxy(Connection.class, this);
    }

    /** The connection that the caller gets. */
    Connection connection() {
        return shown;
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
                return isolation == TransactionIsolation.UNCHANGED
                        ? call(pooled, method, arguments)
                        : Integer.valueOf(isolation.level());
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
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw thrown(e);
        }
    }

    private Throwable thrown(InvocationTargetException e) {
        Throwable error = e.getCause() == null ? e : e.getCause();
        if (error instanceof SQLException sql) {
            failed(sql);
        }
        return error;
    }

    /**
     * Executes a statement. Once more when a migration made its prepared plan stale and the transaction did nothing before: the server
     * wrote nothing, and the driver plans the statement anew.
     */
    @Nullable
    Object execute(Statement statement, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(statement, arguments);
        } catch (InvocationTargetException e) {
            boolean again = e.getCause() instanceof SQLException sql
                    && RolledBack.isStalePlan(sql)
                    && !method.getName().endsWith("Batch")
                    && !begun
                    && !unwrapped;
            if (!again) {
                throw thrown(e);
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
        if (limits.arePerTransaction()) {
            try {
                limits.begin(pooled, isolation);
            } catch (SQLException error) {
                failed(error);
                throw error;
            }
        }
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

    private void failed(SQLException error) {
        if (done.get()) {
            // The outcome is already reported; to use a closed connection is a mistake of the caller.
            return;
        }
        Failure failure =
                Failure.of(error, dependency.classifier(), Instant.now()).orElse(null);
        if (failure == null) {
            answered = true;
            findings.refused(dependency, error);
            return;
        }
        if (!failed) {
            failed = true;
            ticket.failed(failure);
        }
        findings.failed(dependency, failure, !isReadOnly());
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
                ticket.succeeded();
            }
            ticket.close();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Checkout.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

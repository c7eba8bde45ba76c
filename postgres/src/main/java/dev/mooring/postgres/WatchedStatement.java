package dev.mooring.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A statement of a {@link Checkout}: it sets the limit before each execution, and reports how the execution ends. */
final class WatchedStatement implements InvocationHandler {
    private final Checkout checkout;
    private final Statement statement;
    private final String prepared;
    /** The limit in seconds that the caller set; zero means none. */
    private int asked;
    /** The limit in seconds that the driver has. */
    private int inForce;

    /** {@code prepared} is the text of a prepared statement, and empty for any other. */
    WatchedStatement(Checkout checkout, Statement statement, String prepared) {
        this.checkout = checkout;
        this.statement = statement;
        this.prepared = prepared;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        String name = method.getName();
        if (name.startsWith("execute")) {
            checkout.beforeStatement();
            limit();
            Object result = checkout.execute(statement, method, arguments);
            checkout.executed(text(arguments));
            return result;
        }
        return switch (name) {
            case "getConnection" -> checkout.connection();
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "setQueryTimeout" -> {
                Object result = checkout.call(statement, method, arguments);
                asked = statement.getQueryTimeout();
                inForce = asked;
                yield result;
            }
            case "getQueryTimeout" -> asked;
            default -> checkout.call(statement, method, arguments);
        };
    }

    private void limit() throws SQLException {
        int wanted = checkout.cancelAfter(asked);
        if (wanted != inForce) {
            statement.setQueryTimeout(wanted);
            inForce = wanted;
        }
    }

    private String text(@Nullable Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 && arguments[0] instanceof String sql ? sql : prepared;
    }
}

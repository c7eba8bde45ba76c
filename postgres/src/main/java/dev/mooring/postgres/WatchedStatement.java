package dev.mooring.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A statement of a {@link Checkout}: it sets the limit before each execution, and reports how the execution ends. */
final class WatchedStatement implements InvocationHandler {
    private final Checkout checkout;
    private final Statement statement;
    private final String prepared;

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
            Object result = checkout.execute(statement, method, arguments);
            checkout.executed(text(arguments));
            return result;
        }
        return switch (name) {
            case "getConnection" -> checkout.connection();
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> checkout.call(statement, method, arguments);
        };
    }

    private String text(@Nullable Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 && arguments[0] instanceof String sql ? sql : prepared;
    }
}

package dev.mooring.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A statement of a {@link Checkout}: its limits are set before it is sent, and how it ends is told. */
final class WatchedStatement implements InvocationHandler {
    private final Checkout checkout;
    private final Statement statement;
    private final String prepared;

    /** {@code prepared} is the text of a prepared statement, else empty. */
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
            Object result = checkout.call(statement, method, arguments);
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

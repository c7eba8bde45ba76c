package dev.mooring.registry.local;

import dev.mooring.registry.mlflow.search.Order;
import dev.mooring.registry.mlflow.search.OrderKey;
import dev.mooring.registry.mlflow.search.Subject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Writes the order of a search in SQL. */
final class Ordering {
    private Ordering() {}

    /** The order, completed so that no two rows are equal: names rise and numbers of versions fall. */
    static String sql(List<Order> orders, Subject subject) {
        List<String> sql = new ArrayList<>();
        Set<OrderKey> left = EnumSet.of(OrderKey.NAME);
        if (subject == Subject.VERSIONS) {
            left.add(OrderKey.VERSION_NUMBER);
        }
        if (orders.isEmpty() && subject == Subject.VERSIONS) {
            sql.add(column(OrderKey.LAST_UPDATED, subject) + " desc");
        }
        for (Order order : orders) {
            sql.add(column(order.key(), subject) + (order.falling() ? " desc" : ""));
            left.remove(order.key());
        }
        left.forEach(key -> sql.add(column(key, subject) + (key == OrderKey.VERSION_NUMBER ? " desc" : "")));
        return String.join(", ", sql);
    }

    /** The column with the name of the model. */
    static String name(Subject subject) {
        return subject == Subject.MODELS ? "r.name" : "r.model";
    }

    private static String column(OrderKey key, Subject subject) {
        return switch (key) {
            case NAME -> name(subject);
            case VERSION_NUMBER -> "r.version";
            case CREATED -> "date_trunc('milliseconds', r.created_at)";
            case LAST_UPDATED -> "r.last_updated";
        };
    }
}

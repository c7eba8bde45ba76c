package dev.mooring.registry.mlflow.search;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of {@code order_by}.
 *
 * @param key by what to order
 * @param falling whether the largest comes first
 */
public record Order(OrderKey key, boolean falling) {
    private static final Pattern ENTRY = Pattern.compile(
            "(?<prefix>attribute\\.)?(?<quote>[`\"]?)(?<key>\\w++)\\k<quote>(?:\\s++(?<direction>(?i:asc|desc)))?+");

    /**
     * Reads the entries of {@code order_by}, in their order.
     *
     * @throws SearchException an entry is not understood, or two order by the same
     */
    public static List<Order> parse(List<String> entries, Subject subject) {
        List<Order> orders = new ArrayList<>();
        Set<OrderKey> seen = EnumSet.noneOf(OrderKey.class);
        for (String entry : entries) {
            Matcher form = ENTRY.matcher(entry);
            if (!form.matches() || (subject == Subject.MODELS && !isOfModels(form))) {
                throw new SearchException("order_by is " + SearchException.shown(entry)
                        + "; expected a field and, if you like, ASC or DESC, such as \"name DESC\"");
            }
            OrderKey key = subject.orderKey(form.group("key"));
            if (!seen.add(key)) {
                throw new SearchException("order_by names " + SearchException.shown(form.group("key")) + " twice");
            }
            String direction = form.group("direction");
            orders.add(new Order(key, direction != null && direction.equalsIgnoreCase("desc")));
        }
        return List.copyOf(orders);
    }

    /** For models MLflow takes no prefix, and quotes only before a direction. */
    private static boolean isOfModels(Matcher form) {
        return form.group("prefix") == null && (form.group("quote").isEmpty() || form.group("direction") != null);
    }
}

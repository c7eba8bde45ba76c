package dev.mooring.registry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of the records that the service answers with, by their simple names. They follow the names that Jackson writes. */
final class Records {
    private static final PropertyNamingStrategies.SnakeCaseStrategy NAMES =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    private final Map<String, ObjectNode> components = new TreeMap<>();
    private final Map<String, Class<?>> types = new TreeMap<>();

    /** The schemas so far. */
    Map<String, ObjectNode> components() {
        return components;
    }

    /** The schema of an answer of this type; empty for an answer without a body. */
    Optional<ObjectNode> answer(Type type) {
        if (type == void.class || type == Void.class) {
            return Optional.empty();
        }
        if (type instanceof ParameterizedType wrapped
                && ((Class<?>) wrapped.getRawType()).getSimpleName().equals("ResponseEntity")) {
            return answer(wrapped.getActualTypeArguments()[0]);
        }
        return Optional.of(schema(type));
    }

    private ObjectNode schema(Type type) {
        if (type instanceof ParameterizedType many) {
            Type[] of = many.getActualTypeArguments();
            Class<?> raw = (Class<?>) many.getRawType();
            return Collection.class.isAssignableFrom(raw) ? Schema.list(schema(of[0])) : Schema.map(schema(of[1]));
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return reference(plain);
        }
        if (plain == Instant.class) {
            return Schema.format("date-time");
        }
        if (plain == UUID.class) {
            return Schema.format("uuid");
        }
        if (plain == String.class) {
            return Schema.text();
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return Schema.flag();
        }
        if (plain == double.class || plain == Double.class) {
            return Schema.number();
        }
        if (plain == int.class || plain == long.class || plain == Integer.class || plain == Long.class) {
            return Schema.whole();
        }
        throw new IllegalStateException("no schema is known for " + type);
    }

    private ObjectNode reference(Class<?> type) {
        String name = type.getSimpleName();
        Class<?> before = types.putIfAbsent(name, type);
        if (before != null && before != type) {
            throw new IllegalStateException(before + " and " + type + " would have one name in the description");
        }
        if (before == null) {
            Map<String, ObjectNode> members = new LinkedHashMap<>();
            Arrays.stream(type.getRecordComponents())
                    .forEach(component -> members.put(name(component), member(component)));
            components.put(name, Schema.object(members));
        }
        return Schema.ref(name);
    }

    private ObjectNode member(RecordComponent component) {
        boolean isJson = component.getAccessor().isAnnotationPresent(JsonRawValue.class);
        return isJson ? Schema.any() : schema(component.getGenericType());
    }

    private static String name(RecordComponent component) {
        JsonProperty own = component.getAccessor().getAnnotation(JsonProperty.class);
        String name = own == null ? NAMES.nameForField(null, null, component.getName()) : own.value();
        boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                || component.getType() == Optional.class;
        return optional ? name + "?" : name;
    }
}

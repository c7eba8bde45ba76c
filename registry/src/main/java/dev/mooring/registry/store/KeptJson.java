package dev.mooring.registry.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.SortedMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON that the registry hashes and keeps in the database. Equal values give equal bytes: members are in alphabetical order, null
 * members are left out, and the application's Jackson settings do not matter.
 */
public final class KeptJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private KeptJson() {}

    public static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Reads what {@link #text} wrote. */
    public static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    public static SortedMap<String, String> texts(String object) {
        return MAPPER.readValue(object, new TypeReference<>() {});
    }

    public static SortedMap<String, Double> numbers(String object) {
        return MAPPER.readValue(object, new TypeReference<>() {});
    }
}

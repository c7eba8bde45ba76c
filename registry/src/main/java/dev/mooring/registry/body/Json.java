package dev.mooring.registry.body;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.SortedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** JSON as it comes in, is hashed and is kept; independent of how the application writes its answers. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private Json() {}

    /**
     * Reads one document. A name that stands twice in an object is refused: readers disagree which of them counts.
     *
     * @throws JacksonException it is not JSON
     */
    public static JsonNode parse(byte[] document) {
        return MAPPER.readTree(document);
    }

    /** The same bytes for equal values. */
    public static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    public static SortedMap<String, String> texts(String object) {
        return MAPPER.readValue(object, new TypeReference<>() {});
    }

    public static SortedMap<String, Double> numbers(String object) {
        return MAPPER.readValue(object, new TypeReference<>() {});
    }
}

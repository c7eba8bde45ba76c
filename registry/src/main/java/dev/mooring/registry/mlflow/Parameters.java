package dev.mooring.registry.mlflow;

import dev.mooring.spring.body.BodyEncoding;
import dev.mooring.spring.body.JsonSize;
import dev.mooring.spring.body.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters of a call: those of the query of a GET, or the members of a JSON object. A name in a body is written in snake case or in
 * camel case; {@code null} counts as absent, and a name that the call does not know is ignored. Each method ends the call with
 * INVALID_PARAMETER_VALUE when the parameter has another type.
 */
public final class Parameters {
    private static final JsonMapper JSON = JsonMapper.shared();
    /** A call with a thousand tags has a tenth of it. */
    private static final int MOST_PARTS = 100_000;

    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");
    private static final Pattern WHOLE = Pattern.compile("\\s*([+-]?[0-9]{1,18})(?:\\.0+)?\\s*");

    private final JsonNode members;
    /** Each member of a query is a list. */
    private final boolean isQuery;

    private Parameters(JsonNode members, boolean isQuery) {
        this.members = members;
        this.isQuery = isQuery;
    }

    /** The parameters of a query. The first of several values of one name counts, unless the parameter is a list. */
    public static Parameters ofQuery(Map<String, String[]> query) {
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        query.forEach((name, values) -> {
            ArrayNode list = members.putArray(name);
            List.of(values).forEach(list::add);
        });
        return new Parameters(members, true);
    }

    /**
     * The parameters of a body. One that is no JSON counts as empty; JSON in a JSON text is read again, as MLflow's clients once sent it.
     * Ends the call with INVALID_PARAMETER_VALUE if the body is not UTF-8, or has more parts than any call has.
     */
    public static Parameters ofBody(byte[] body) {
        if (!BodyEncoding.isUtf8(body)) {
            throw MlflowException.invalid("The body is not UTF-8.");
        }
        JsonNode members = parsed(body);
        if (members.isString()) {
            members = parsed(members.stringValue().getBytes(StandardCharsets.UTF_8));
        }
        if (members.isNull() || members.isMissingNode()) {
            members = JsonNodeFactory.instance.objectNode();
        }
        if (!members.isObject()) {
            throw MlflowException.invalid("The body must be a JSON object.");
        }
        return new Parameters(members, false);
    }

    private static JsonNode parsed(byte[] body) {
        int parts = JsonSize.parts(body);
        if (parts > MOST_PARTS) {
            throw MlflowException.invalid("The body has more than " + MOST_PARTS + " names, values and brackets.");
        }
        JsonSize.takeMemory(parts);
        try {
            return JSON.readTree(body);
        } catch (JacksonException notJson) {
            return JsonNodeFactory.instance.nullNode();
        }
    }

    /** A text that must be there, under its name in snake case, and not be empty. */
    public String required(String name) {
        String text = members.has(name) ? text(name) : null;
        if (text == null || text.isEmpty()) {
            throw MlflowException.invalid("Missing value for required parameter '" + name + "'.");
        }
        return text;
    }

    /** A text; null if it is absent. */
    public @Nullable String text(String name) {
        JsonNode value = single(name);
        return value == null ? null : text(name, value);
    }

    /** A text; empty if it is absent. */
    public String textOrEmpty(String name) {
        String text = text(name);
        return text == null ? "" : text;
    }

    /** A whole number, also in a text; empty if it is absent. */
    public OptionalLong whole(String name) {
        JsonNode value = single(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        Matcher digits = WHOLE.matcher(value.isString() || value.isNumber() ? value.asString() : "");
        if (!digits.matches()) {
            throw wrongType(name, "a whole number", value);
        }
        return OptionalLong.of(Long.parseLong(digits.group(1)));
    }

    /** A truth value; false if it is absent. */
    public boolean flag(String name) {
        JsonNode value = single(name);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            throw wrongType(name, "true or false", value);
        }
        return value.booleanValue();
    }

    /** A list of texts; empty if it is absent. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : list(name)) {
            texts.add(text(name, value));
        }
        return texts;
    }

    /** A list of objects with the members {@code key} and {@code value}; empty if it is absent. The last of equal keys counts. */
    public SortedMap<String, String> tags(String name) {
        SortedMap<String, String> tags = new TreeMap<>();
        for (JsonNode tag : list(name)) {
            if (!tag.isObject()) {
                throw wrongType(name, "a list of objects with key and value", tag);
            }
            Parameters members = new Parameters(tag, false);
            tags.put(members.textOrEmpty("key"), members.textOrEmpty("value"));
        }
        return tags;
    }

    private Iterable<JsonNode> list(String name) {
        JsonNode value = given(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrongType(name, "a list", value);
        }
        return value;
    }

    private @Nullable JsonNode single(String name) {
        JsonNode value = given(name);
        return isQuery && value != null ? value.get(0) : value;
    }

    private @Nullable JsonNode given(String name) {
        JsonNode snake = members.get(name);
        String camelName =
                UNDERSCORE.matcher(name).replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
        JsonNode camel = isQuery || camelName.equals(name) ? null : members.get(camelName);
        if (snake != null && camel != null) {
            throw MlflowException.invalid("The body has both '" + name + "' and '" + camelName + "'.");
        }
        JsonNode value = snake != null ? snake : camel;
        return value == null || value.isNull() ? null : value;
    }

    private static String text(String name, JsonNode value) {
        if (!value.isString()) {
            throw wrongType(name, "a text", value);
        }
        String objection = Text.objectionToFree(value.stringValue(), Integer.MAX_VALUE);
        if (objection != null) {
            throw MlflowException.invalid("The parameter '" + name + "' " + objection + ".");
        }
        return value.stringValue();
    }

    private static MlflowException wrongType(String name, String expected, JsonNode value) {
        return MlflowException.invalid("The parameter '" + name + "' must be " + expected + ", not "
                + value.getNodeType().name().toLowerCase(Locale.ROOT) + ".");
    }
}

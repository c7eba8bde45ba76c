package dev.mooring.operations.authservice;

import dev.mooring.operations.access.Caller;
import dev.mooring.operations.access.Scope;
import dev.mooring.settings.Secret;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body of a 200 of the auth service. Whatever it does not understand makes the whole answer unclear. */
final class AuthAnswer {
    private static final ObjectReader READER = JsonMapper.shared()
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final Pattern ID = Pattern.compile("[^\\p{Cc}]{1,200}");

    private static final int SHORT = 8;
    /** The part of a key's hash that stands for it in a name. */
    private static final int DIGITS = 16;

    private AuthAnswer() {}

    /**
     * The owner of the key.
     *
     * @param asked the key that the answer is about. Its text gets into no name, also where an auth service gives the key as an id
     * @param serviceId the id of this service, which the answer must repeat
     * @param known the scopes that this service has. The owner gets those that the answer names, but none of operations, and all others
     *     count for nothing
     */
    static Caller read(byte[] body, Secret asked, String serviceId, Set<Scope> known) throws UnreadableAnswerException {
        JsonNode answer = parsed(body);
        String user = id(answer, "user_id");
        String key = id(answer, "key_id");
        if (!id(answer, "service_id").equals(serviceId)) {
            throw new UnreadableAnswerException(
                    "names another service_id than AUTH_SERVICE_ID, which is \"" + serviceId + "\"");
        }
        String name = "auth:" + escaped(without(asked, user)) + "/" + escaped(without(asked, key));
        return new Caller(name, scopes(answer, known), Optional.empty(), perHour(answer));
    }

    private static JsonNode parsed(byte[] body) throws UnreadableAnswerException {
        try {
            JsonNode answer = READER.readTree(body);
            if (answer != null && answer.isObject()) {
                return answer;
            }
        } catch (JacksonException notJson) {
            // Told below; the exception would repeat a part of the body.
        }
        throw new UnreadableAnswerException("is no JSON object");
    }

    private static String id(JsonNode answer, String field) throws UnreadableAnswerException {
        JsonNode value = answer.get(field);
        if (value == null || !value.isString() || !ID.matcher(value.asString()).matches()) {
            throw new UnreadableAnswerException("has no " + field + " of 1 to 200 characters");
        }
        return value.asString();
    }

    private static Set<Scope> scopes(JsonNode answer, Set<Scope> known) throws UnreadableAnswerException {
        JsonNode list = answer.get("scopes");
        if (list == null || !list.isArray()) {
            throw new UnreadableAnswerException("has no list of scopes");
        }
        Set<Scope> scopes = new HashSet<>();
        for (JsonNode code : list) {
            if (!code.isString()) {
                throw new UnreadableAnswerException("has a scope that is no text");
            }
            Scope.of(code.asString())
                    .filter(known::contains)
                    .filter(scope -> !scope.isOfOperations())
                    .ifPresent(scopes::add);
        }
        return scopes;
    }

    private static OptionalInt perHour(JsonNode answer) throws UnreadableAnswerException {
        JsonNode limit = answer.get("rate_limit_per_hour");
        if (limit == null || limit.isNull()) {
            return OptionalInt.empty();
        }
        if (!limit.isIntegralNumber() || !limit.canConvertToInt() || limit.asInt() < 1) {
            throw new UnreadableAnswerException("has a rate_limit_per_hour that is no whole number of at least 1");
        }
        return OptionalInt.of(limit.asInt());
    }

    /** A short key counts only where it is the whole id, because a name may hold the same letters. */
    private static String without(Secret key, String id) {
        String text = key.reveal();
        boolean shown = text.length() < SHORT ? id.equals(text) : id.contains(text);
        return shown ? id.replace(text, KeyHash.of(key).hex().substring(0, DIGITS)) : id;
    }

    /** Keeps the two ids of a name apart. */
    private static String escaped(String id) {
        return id.replace("%", "%25").replace("/", "%2F");
    }
}

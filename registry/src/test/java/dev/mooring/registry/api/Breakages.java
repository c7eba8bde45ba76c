package dev.mooring.registry.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What would break a client that was written after an older description: a call that is gone, a request that now needs more or takes
 * less, an answer that says less.
 */
final class Breakages {
    private final JsonNode before;
    private final JsonNode now;
    private final List<String> found = new ArrayList<>();
    /** Pairs of components that were compared, or are being compared, so that types which hold themselves end. */
    private final Set<String> compared = new HashSet<>();

    private Breakages(JsonNode before, JsonNode now) {
        this.before = before;
        this.now = now;
    }

    /** One sentence for each. */
    static List<String> between(JsonNode before, JsonNode now) {
        Breakages breakages = new Breakages(before, now);
        for (Map.Entry<String, JsonNode> path : before.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String call = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                JsonNode same = now.path("paths").path(path.getKey()).path(operation.getKey());
                breakages.call(call, operation.getValue(), same);
            }
        }
        return breakages.found;
    }

    private void call(String call, JsonNode old, JsonNode same) {
        if (same.isMissingNode()) {
            found.add(call + " is gone");
            return;
        }
        parameters(call, old.path("parameters"), same.path("parameters"));
        JsonNode oldBody = body(old);
        JsonNode newBody = body(same);
        if (oldBody.isMissingNode() && same.path("requestBody").path("required").asBoolean(false)) {
            found.add(call + " now needs a body");
        } else if (!oldBody.isMissingNode() && newBody.isMissingNode()) {
            found.add(call + " no longer takes a body");
        } else if (!oldBody.isMissingNode()) {
            media(old).stream()
                    .filter(type -> !media(same).contains(type))
                    .forEach(type -> found.add(call + " no longer takes " + type));
            sent(call + " body", oldBody, newBody);
        }
        for (Map.Entry<String, JsonNode> response : old.path("responses").properties()) {
            response(
                    call + " " + response.getKey(),
                    response.getValue(),
                    same.path("responses").path(response.getKey()));
        }
    }

    /** The schema of the body, which has one media type; missing if there is no body. */
    private static JsonNode body(JsonNode operation) {
        JsonNode content = operation.at("/requestBody/content");
        return content.properties().stream()
                .findFirst()
                .map(media -> media.getValue().path("schema"))
                .orElse(content.path("none"));
    }

    private static Collection<String> media(JsonNode operation) {
        return operation.at("/requestBody/content").propertyNames();
    }

    private void parameters(String call, JsonNode old, JsonNode same) {
        for (JsonNode parameter : old) {
            JsonNode kept = find(same, parameter);
            if (kept.isMissingNode()) {
                found.add(call + " no longer takes the " + named(parameter));
            } else {
                sent(call + " " + named(parameter), parameter.path("schema"), kept.path("schema"));
            }
        }
        for (JsonNode parameter : same) {
            boolean wasRequired = find(old, parameter).path("required").asBoolean(false);
            if (parameter.path("required").asBoolean(false) && !wasRequired) {
                found.add(call + " now needs the " + named(parameter));
            }
        }
    }

    private static JsonNode find(JsonNode parameters, JsonNode wanted) {
        return parameters
                .valueStream()
                .filter(one -> named(one).equals(named(wanted)))
                .findFirst()
                .orElse(wanted.path("none"));
    }

    private static String named(JsonNode parameter) {
        return parameter.path("in").asString() + " parameter "
                + parameter.path("name").asString();
    }

    private void response(String where, JsonNode oldGiven, JsonNode newGiven) {
        if (newGiven.isMissingNode()) {
            found.add(where + " is gone");
            return;
        }
        JsonNode old = SchemaCheck.response(before, oldGiven);
        JsonNode same = SchemaCheck.response(now, newGiven);
        for (Map.Entry<String, JsonNode> media : old.path("content").properties()) {
            JsonNode kept = same.path("content").path(media.getKey());
            if (kept.isMissingNode()) {
                found.add(where + " is no longer " + media.getKey());
            } else {
                got(where, media.getValue().path("schema"), kept.path("schema"));
            }
        }
    }

    /** A value that clients send must still be accepted. */
    private void sent(String where, JsonNode oldGiven, JsonNode newGiven) {
        JsonNode old = resolved(before, oldGiven);
        JsonNode same = resolved(now, newGiven);
        if (isKnown("sent", oldGiven, newGiven) || differs(where, old, same)) {
            return;
        }
        bound(where, old, same, "maxLength");
        bound(where, old, same, "maximum");
        bound(where, old, same, "maxProperties");
        bound(where, same, old, "minLength");
        bound(where, same, old, "minimum");
        if (same.has("enum") && old.path("enum").valueStream().anyMatch(value -> !contains(same.path("enum"), value))) {
            found.add(where + " takes fewer values");
        }
        if (same.path("additionalProperties").isBoolean()
                && !old.path("additionalProperties").isBoolean()) {
            found.add(where + " no longer takes other members");
        }
        names(same.path("required")).stream()
                .filter(name -> !names(old.path("required")).contains(name))
                .forEach(name -> found.add(where + " now needs " + name));
        for (Map.Entry<String, JsonNode> member : old.path("properties").properties()) {
            JsonNode kept = same.path("properties").path(member.getKey());
            if (kept.isMissingNode()) {
                found.add(where + " no longer takes " + member.getKey());
            } else {
                sent(where + "." + member.getKey(), member.getValue(), kept);
            }
        }
        within(where, old, same, this::sent);
    }

    /** A value that clients get must still say what it said. */
    private void got(String where, JsonNode oldGiven, JsonNode newGiven) {
        JsonNode old = resolved(before, oldGiven);
        JsonNode same = resolved(now, newGiven);
        if (isKnown("got", oldGiven, newGiven) || differs(where, old, same)) {
            return;
        }
        names(old.path("required")).stream()
                .filter(name -> !names(same.path("required")).contains(name))
                .forEach(name -> found.add(where + " may now lack " + name));
        for (Map.Entry<String, JsonNode> member : old.path("properties").properties()) {
            JsonNode kept = same.path("properties").path(member.getKey());
            if (kept.isMissingNode()) {
                found.add(where + " no longer has " + member.getKey());
            } else {
                got(where + "." + member.getKey(), member.getValue(), kept);
            }
        }
        within(where, old, same, this::got);
    }

    private interface Compare {
        void schemas(String where, JsonNode old, JsonNode same);
    }

    private static void within(String where, JsonNode old, JsonNode same, Compare compare) {
        if (old.has("items")) {
            compare.schemas(where + "[]", old.path("items"), same.path("items"));
        }
        if (old.path("additionalProperties").isObject()
                && same.path("additionalProperties").isObject()) {
            compare.schemas(where + ".*", old.path("additionalProperties"), same.path("additionalProperties"));
        }
    }

    private boolean differs(String where, JsonNode old, JsonNode same) {
        String was = old.path("type").asString("");
        String is = same.path("type").asString("");
        if (was.equals(is) || was.isEmpty()) {
            return false;
        }
        found.add(where + " was of type " + was + " and is " + (is.isEmpty() ? "anything" : is));
        return true;
    }

    /** The smaller side must not be smaller than the other. */
    private void bound(String where, JsonNode larger, JsonNode smaller, String name) {
        double was = larger.path(name).asDouble(Double.POSITIVE_INFINITY);
        double is = smaller.path(name).asDouble(Double.POSITIVE_INFINITY);
        boolean lower = name.startsWith("min");
        if (lower ? larger.has(name) && (!smaller.has(name) || was > is) : smaller.has(name) && is < was) {
            found.add(where + " has a narrower " + name);
        }
    }

    private boolean isKnown(String direction, JsonNode old, JsonNode same) {
        return old.has("$ref") && !compared.add(direction + old.path("$ref") + same.path("$ref"));
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        return list.valueStream().anyMatch(value::equals);
    }

    private static Set<String> names(JsonNode list) {
        Set<String> names = new HashSet<>();
        list.forEach(name -> names.add(name.asString()));
        return names;
    }

    private static JsonNode resolved(JsonNode document, JsonNode schema) {
        return SchemaCheck.resolved(document.at("/components/schemas"), schema);
    }
}

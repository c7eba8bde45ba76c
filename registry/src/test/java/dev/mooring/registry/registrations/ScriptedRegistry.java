package dev.mooring.registry.registrations;

import dev.mooring.registry.registrations.ScriptedMlflow.Answer;
import dev.mooring.registry.registrations.ScriptedMlflow.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The models, versions and aliases of a {@link ScriptedMlflow}, and the calls that came. Guarded by this object. */
public final class ScriptedRegistry {
    private static final Pattern TAG = Pattern.compile("tags\\.`mooring\\.registration_id` = '([^']*)'");
    private static final Pattern NAME = Pattern.compile(" AND name = (['\"])(.*)\\1");

    private final Map<String, TreeMap<Integer, JsonNode>> models = new TreeMap<>();
    private final Map<String, Integer> lastVersions = new TreeMap<>();
    private final Map<String, Map<String, Integer>> aliases = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private final List<Runnable> late = new ArrayList<>();

    /** How many versions there are with this registration id. */
    public synchronized long versionsOf(String registrationId) {
        return models.values().stream()
                .flatMap(versions -> versions.values().stream())
                .filter(version -> registrationOf(version).equals(registrationId))
                .count();
    }

    /** The numbers of the versions of a model. */
    public synchronized List<Integer> versions(String model) {
        return List.copyOf(models.getOrDefault(model, new TreeMap<>()).keySet());
    }

    /** The version of a model to which an alias points; 0 for none. */
    public synchronized int alias(String model, String alias) {
        return aliases.getOrDefault(model, Map.of()).getOrDefault(alias, 0);
    }

    /** The calls so far: method, endpoint and registration id. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** Puts a version there as a user of MLflow would. */
    public synchronized void put(JsonNode version) {
        create(version);
    }

    /** Renames a model as a user of MLflow would. */
    public synchronized void rename(String from, String to) {
        models.put(to, models.remove(from));
    }

    synchronized void later(String call, JsonNode body, Query query) {
        calls.add(call + " " + registrationOf(body));
        late.add(() -> call(call, body, query));
    }

    /** Does the oldest of them. */
    synchronized void commitOneLate() {
        if (!late.isEmpty()) {
            late.remove(0).run();
        }
    }

    synchronized int commitLate() {
        List<Runnable> all = List.copyOf(late);
        late.clear();
        all.forEach(Runnable::run);
        return all.size();
    }

    synchronized Answer call(String call, JsonNode body, Query query) {
        Matcher tag = TAG.matcher(query.get("filter"));
        calls.add(call + " " + (tag.find() ? tag.group(1) : registrationOf(body)));
        String name = body.path("name").asString("");
        return switch (call) {
            case "GET registered-models/search" -> Answer.ok(Map.of());
            case "POST registered-models/create" -> createModel(name);
            case "DELETE registered-models/delete" -> models.remove(name) == null ? absent() : Answer.ok(Map.of());
            case "POST model-versions/create" -> models.containsKey(name) ? create(body) : absent();
            case "GET model-versions/get" -> get(query.get("name"), query.get("version"));
            case "GET model-versions/search" -> search(query.get("filter"));
            case "DELETE model-versions/delete" ->
                models.getOrDefault(name, new TreeMap<>())
                                        .remove(body.path("version").asInt())
                                == null
                        ? absent()
                        : Answer.ok(Map.of());
            case "POST registered-models/alias" -> setAlias(name, body);
            case "DELETE registered-models/alias" -> {
                aliases.getOrDefault(name, new TreeMap<>())
                        .remove(body.path("alias").asString());
                yield models.containsKey(name) ? Answer.ok(Map.of()) : absent();
            }
            case "GET registered-models/alias" -> getAlias(query);
            default -> new Answer(404, "text/html", "<html>Not Found</html>");
        };
    }

    private Answer createModel(String name) {
        if (models.putIfAbsent(name, new TreeMap<>()) != null) {
            return Answer.error(400, "RESOURCE_ALREADY_EXISTS", "Registered Model (name=" + name + ") already exists.");
        }
        return Answer.ok(Map.of("registered_model", Map.of("name", name)));
    }

    private Answer create(JsonNode body) {
        String name = body.path("name").asString();
        if (body.path("source").asString().startsWith("models:/")) {
            return absent(); // as a server without the version that the source names
        }
        int number = lastVersions.merge(name, 1, Integer::sum);
        models.computeIfAbsent(name, model -> new TreeMap<>()).put(number, body);
        return Answer.ok(Map.of("model_version", form(name, number, body)));
    }

    private Answer get(String name, String version) {
        JsonNode found = models.getOrDefault(name, new TreeMap<>()).get(Integer.valueOf(version));
        return found == null
                ? absent()
                : Answer.ok(Map.of("model_version", form(name, Integer.parseInt(version), found)));
    }

    private Answer search(String filter) {
        Matcher tag = TAG.matcher(filter);
        String wanted = tag.find() ? tag.group(1) : "";
        Matcher name = NAME.matcher(filter);
        String model = name.find() ? name.group(2) : "";
        List<Object> found = new ArrayList<>();
        models.forEach((present, versions) -> versions.forEach((number, version) -> {
            if (registrationOf(version).equals(wanted) && (model.isEmpty() || model.equals(present))) {
                found.add(form(present, number, version));
            }
        }));
        return Answer.ok(found.isEmpty() ? Map.of() : Map.of("model_versions", found));
    }

    private Answer setAlias(String name, JsonNode body) {
        int version = Integer.parseInt(body.path("version").asString("0"));
        if (!models.getOrDefault(name, new TreeMap<>()).containsKey(version)) {
            return absent();
        }
        aliases.computeIfAbsent(name, model -> new TreeMap<>())
                .put(body.path("alias").asString(), version);
        return Answer.ok(Map.of());
    }

    private Answer getAlias(Query query) {
        int version = alias(query.get("name"), query.get("alias"));
        return version == 0
                ? Answer.error(
                        400, "INVALID_PARAMETER_VALUE", "Registered model alias " + query.get("alias") + " not found.")
                : Answer.ok(Map.of("model_version", Map.of("name", query.get("name"), "version", "" + version)));
    }

    private static Map<String, Object> form(String name, int number, JsonNode body) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("name", name);
        form.put("version", Integer.toString(number));
        form.put("source", body.path("source").asString(""));
        form.put("tags", body.path("tags"));
        form.put("creation_timestamp", System.currentTimeMillis());
        return form;
    }

    private static String registrationOf(JsonNode body) {
        for (JsonNode tag : body.path("tags")) {
            if (tag.path("key").asString("").equals("mooring.registration_id")) {
                return tag.path("value").asString();
            }
        }
        return "";
    }

    private static Answer absent() {
        return Answer.error(404, "RESOURCE_DOES_NOT_EXIST", "not found");
    }
}

package dev.mooring.registry.mirror;

import dev.mooring.testing.http.ScriptedReply;
import dev.mooring.testing.http.ScriptedRequest;
import dev.mooring.testing.http.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** The reads of an MLflow server with models that a test puts there, also under names that only older servers allow. Thread-safe. */
final class FakeMlflow implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern NAME = Pattern.compile("name = '([^']*)'");
    private static final Pattern BELOW = Pattern.compile("version_number < (\\d+)");

    private final ScriptedServer server = ScriptedServer.start();
    /** Workspace, model, version. */
    private final Map<String, NavigableMap<String, NavigableMap<Integer, Map<String, Object>>>> workspaces =
            new TreeMap<>();

    private final List<String> calls = new ArrayList<>();
    private boolean broken;
    private String brokenModel = "";
    private String forgotten = "none";
    private long clock = 1_700_000_000_000L;

    FakeMlflow() {
        server.answers(this::answer);
    }

    URI uri() {
        return server.uri();
    }

    synchronized void put(String workspace, String model, int versions) {
        NavigableMap<Integer, Map<String, Object>> made = new TreeMap<>();
        for (int number = 1; number <= versions; number++) {
            made.put(number, version(model, number, clock++));
        }
        models(workspace).put(model, made);
    }

    /** Gives each version of a model a description of so many characters. */
    synchronized void enlarge(String model, int characters) {
        describe(model, "x".repeat(characters));
    }

    /** Gives each version of a model a description. */
    synchronized void describe(String model, String description) {
        models("")
                .getOrDefault(model, new TreeMap<>())
                .values()
                .forEach(version -> version.put("description", description));
    }

    synchronized void remove(String model) {
        models("").remove(model);
    }

    synchronized void removeVersion(String model, int version) {
        models("").getOrDefault(model, new TreeMap<>()).remove(version);
    }

    /** Answers 500 to everything from now on, or no longer. */
    synchronized void breaks(boolean now) {
        broken = now;
    }

    /** Answers an error to every question for one model. */
    synchronized void breaks(String model) {
        brokenModel = model;
    }

    /** Answers to every call in a workspace that there is none. */
    synchronized void forgetsWorkspace(String workspace) {
        forgotten = workspace;
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** The JSON of a version without aliases. */
    static Map<String, Object> version(String model, int number, long moment) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", model);
        json.put("version", String.valueOf(number));
        json.put("creation_timestamp", moment);
        json.put("last_updated_timestamp", moment);
        json.put("current_stage", "None");
        json.put("description", "");
        json.put("source", "s3://bucket/" + number);
        json.put("run_id", "");
        json.put("run_link", "");
        json.put("status", "READY");
        return json;
    }

    private NavigableMap<String, NavigableMap<Integer, Map<String, Object>>> models(String workspace) {
        return workspaces.computeIfAbsent(workspace, name -> new TreeMap<>());
    }

    private synchronized void answer(ScriptedRequest request, ScriptedReply reply) throws IOException {
        Map<String, String> query = query(request.target());
        String endpoint = request.path().replace("/api/2.0/mlflow/", "");
        calls.add(endpoint + " " + query.getOrDefault("name", ""));
        if (broken) {
            reply.json(500, "{\"error_code\":\"INTERNAL_ERROR\",\"message\":\"broken\"}");
            return;
        }
        if (!brokenModel.isEmpty() && brokenModel.equals(query.get("name"))) {
            reply.json(400, "{\"error_code\":\"BAD_REQUEST\",\"message\":\"broken\"}");
            return;
        }
        if (request.header("X-MLFLOW-WORKSPACE").filter(forgotten::equals).isPresent()) {
            reply.json(404, "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\",\"message\":\"no workspace\"}");
            return;
        }
        boolean prompts = query.getOrDefault("filter", "").contains("is_prompt");
        NavigableMap<String, NavigableMap<Integer, Map<String, Object>>> models =
                models(request.header("X-MLFLOW-WORKSPACE").orElse(""));
        switch (endpoint) {
            case "registered-models/search" ->
                page(reply, "registered_models", query, prompts ? List.of() : listed(models));
            case "model-versions/search" ->
                page(
                        reply,
                        "model_versions",
                        query,
                        prompts ? List.of() : versions(models, query.getOrDefault("filter", "")));
            case "registered-models/get" -> {
                NavigableMap<Integer, Map<String, Object>> found = models.get(query.get("name"));
                if (found == null) {
                    reply.json(404, "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\",\"message\":\"no\"}");
                } else {
                    reply.json(200, text(Map.of("registered_model", model(query.get("name"), found))));
                }
            }
            default -> reply.send(404, "text/html", "<html>Not Found</html>");
        }
    }

    private static List<Object> listed(NavigableMap<String, NavigableMap<Integer, Map<String, Object>>> models) {
        List<Object> all = new ArrayList<>();
        models.forEach((name, versions) -> all.add(model(name, versions)));
        return all;
    }

    private static List<Object> versions(
            NavigableMap<String, NavigableMap<Integer, Map<String, Object>>> models, String filter) {
        Matcher name = NAME.matcher(filter);
        String wanted = name.find() ? name.group(1) : "";
        Matcher below = BELOW.matcher(filter);
        int limit = below.find() ? Integer.parseInt(below.group(1)) : Integer.MAX_VALUE;
        List<Object> all = new ArrayList<>();
        models.forEach((model, versions) -> {
            if (wanted.isEmpty() || wanted.equals(model)) {
                all.addAll(versions.headMap(limit, false).descendingMap().values());
            }
        });
        return all;
    }

    static Map<String, Object> model(String name, NavigableMap<Integer, Map<String, Object>> versions) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("creation_timestamp", 1_600_000_000_000L);
        json.put("last_updated_timestamp", 1_600_000_000_000L);
        if (!versions.isEmpty()) {
            json.put("latest_versions", List.of(versions.lastEntry().getValue()));
        }
        return json;
    }

    private static void page(ScriptedReply reply, String list, Map<String, String> query, List<Object> rows)
            throws IOException {
        int from = query.containsKey("page_token")
                ? Integer.parseInt(decoded(query.get("page_token")).replaceAll("\\D", ""))
                : 0;
        int until = Math.min(rows.size(), from + Integer.parseInt(query.get("max_results")));
        Map<String, Object> answer = new LinkedHashMap<>();
        if (from < until) {
            answer.put(list, rows.subList(from, until));
        }
        if (until < rows.size()) {
            answer.put("next_page_token", "more");
        }
        reply.json(200, text(answer));
    }

    private static String decoded(String token) {
        return new String(java.util.Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
    }

    static String text(Object json) {
        return MAPPER.writeValueAsString(json);
    }

    private static Map<String, String> query(String target) {
        Map<String, String> query = new TreeMap<>();
        int mark = target.indexOf('?');
        for (String part : mark < 0 ? new String[0] : target.substring(mark + 1).split("&")) {
            String[] pair = part.split("=", 2);
            query.putIfAbsent(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    @Override
    public void close() {
        server.close();
    }
}

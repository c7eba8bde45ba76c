package dev.mooring.registry.mlflow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The endpoints of MLflow, from the resource {@code endpoints.txt}. */
public final class MlflowEndpoints {
    /** Every endpoint. */
    public static final List<MlflowEndpoint> ALL = read();

    private static final Map<String, List<MlflowEndpoint>> PLAIN = ALL.stream()
            .filter(endpoint -> !endpoint.isTemplate())
            .collect(Collectors.groupingBy(MlflowEndpoint::resource));
    private static final Map<Pattern, MlflowEndpoint> TEMPLATES = new HashMap<>();

    static {
        ALL.stream()
                .filter(MlflowEndpoint::isTemplate)
                .forEach(endpoint -> TEMPLATES.put(endpoint.pattern(), endpoint));
    }

    private MlflowEndpoints() {}

    /** The endpoint under this method and path; empty if there is none. */
    public static Optional<MlflowEndpoint> find(String method, MlflowPath path) {
        String wanted = method.equals("HEAD") ? "GET" : method;
        return under(path).filter(endpoint -> endpoint.method().equals(wanted)).findFirst();
    }

    /** The methods that this path takes, as the header Allow lists them: also HEAD beside GET, and OPTIONS. None if there is no endpoint. */
    public static SortedSet<String> methods(MlflowPath path) {
        SortedSet<String> methods =
                under(path).map(MlflowEndpoint::method).collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.isEmpty()) {
            methods.add("OPTIONS");
        }
        return Collections.unmodifiableSortedSet(methods);
    }

    private static Stream<MlflowEndpoint> under(MlflowPath path) {
        List<MlflowEndpoint> plain = PLAIN.getOrDefault(path.resource(), List.of());
        return plain.isEmpty()
                ? TEMPLATES.entrySet().stream()
                        .filter(one -> one.getKey().matcher(path.resource()).matches())
                        .map(Map.Entry::getValue)
                : plain.stream();
    }

    private static List<MlflowEndpoint> read() {
        InputStream resource = Objects.requireNonNull(MlflowEndpoints.class.getResourceAsStream("endpoints.txt"));
        List<MlflowEndpoint> all = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    all.add(MlflowEndpoint.parse(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(all);
    }
}

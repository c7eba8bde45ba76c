package dev.mooring.registry.mlflow;

import java.util.List;
import java.util.regex.Pattern;

/**
 * An endpoint of MLflow.
 *
 * @param effect what it does
 * @param area the part of MLflow to which it belongs
 * @param method the HTTP method; GET stands for HEAD
 * @param resource its path below {@code /api/}, such as {@code 2.0/mlflow/registered-models/get}; {@code {}} stands for one segment,
 *     {@code {*}} for one or more
 */
public record MlflowEndpoint(Effect effect, Area area, String method, String resource) {
    private static final Pattern SPACES = Pattern.compile(" +");

    /** Reads a line with the four of them. */
    static MlflowEndpoint parse(String line) {
        List<String> parts = List.of(SPACES.split(line));
        return new MlflowEndpoint(Effect.valueOf(parts.get(0)), Area.valueOf(parts.get(1)), parts.get(2), parts.get(3));
    }

    /** Whether its resource stands for many. */
    boolean isTemplate() {
        return resource.contains("{");
    }

    /** A pattern for the resources of a template. */
    Pattern pattern() {
        String quoted = "\\Q" + resource + "\\E";
        return Pattern.compile(quoted.replace("{*}", "\\E.+\\Q").replace("{}", "\\E[^/]+\\Q"), Pattern.DOTALL);
    }
}

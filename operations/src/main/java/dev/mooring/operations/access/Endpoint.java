package dev.mooring.operations.access;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One endpoint: a method and the pattern of its path. Immutable.
 *
 * @param method the HTTP method; GET stands for HEAD too
 * @param segments the segments of the path; a segment such as {@code {name}} stands for any one segment
 */
record Endpoint(String method, List<String> segments) {
    private static final Pattern FORM = Pattern.compile("([A-Z]+) ((/([^/{}\\s]+|\\{[a-z_]+}))+)");
    /** Of all variables, because patterns that differ in the names of variables only match the same paths. */
    private static final String ANY = "{}";

    /**
     * Reads {@code METHOD PATH}, for example {@code GET /models/{name}}.
     *
     * @throws IllegalArgumentException the text does not have this form
     */
    static Endpoint of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || parts.group(1).equals("HEAD")) {
            throw new IllegalArgumentException("an endpoint is written like \"GET /models/{name}\", in which GET stands"
                    + " for HEAD too, unlike \"" + text + "\"");
        }
        String path = parts.group(2).replaceAll("\\{[a-z_]+}", "{}");
        return new Endpoint(parts.group(1), segments(path));
    }

    /** The segments of a path. An empty last one stands for a slash at the end. */
    static List<String> segments(String path) {
        return List.of(path.substring(path.isEmpty() ? 0 : 1).split("/", -1));
    }

    /** The method by which an endpoint is found: GET for HEAD. */
    static String found(String method) {
        String upper = method.toUpperCase(Locale.ROOT);
        return upper.equals("HEAD") ? "GET" : upper;
    }

    boolean hasVariables() {
        return segments.contains(ANY);
    }

    /** Whether a path of as many segments is one of this endpoint. */
    boolean matches(List<String> path) {
        for (int i = 0; i < segments.size(); i++) {
            String wanted = segments.get(i);
            boolean fits = wanted.equals(ANY) ? !path.get(i).isEmpty() : wanted.equals(path.get(i));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return method + " /" + String.join("/", segments);
    }
}

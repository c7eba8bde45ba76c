package dev.mooring.registry.mlflow;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which sources of a version MLflow takes, as far as that can be said without asking for runs and artifacts. */
public final class SourceRules {
    /** Scheme, host and path, as Python splits a URI. */
    private static final Pattern URI =
            Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*).*", Pattern.DOTALL);

    private static final Pattern DOT_SEGMENT = Pattern.compile("(.*/)?\\.(/.*)?", Pattern.DOTALL);
    /** Decodings of a text that a client encoded again and again. */
    private static final int MOST_DECODINGS = 10;

    private static final Set<String> OF_PROMPTS = Set.of("dummy-source", "prompt-template");

    private SourceRules() {}

    /** What is wrong with the source of a version of a prompt, which has no files; null if nothing is. */
    public static @Nullable String objectionToPrompts(String source) {
        return OF_PROMPTS.contains(source)
                ? null
                : "must be dummy-source or prompt-template, because the version is a prompt";
    }

    /** What is wrong with the source of a version that the run {@code runId} made; null if nothing is that MLflow would refuse. */
    public static @Nullable String objectionTo(String source, @Nullable String runId) {
        String decoded = decoded(source);
        if (decoded == null || hasParentSegment(decoded)) {
            return "must not contain .. as a part of its path";
        }
        Matcher uri = URI.matcher(decoded);
        if (!uri.matches()) {
            return "must be a URI or an absolute path";
        }
        String scheme = uri.group(1) == null ? "" : uri.group(1).toLowerCase(Locale.ROOT);
        String host = uri.group(2) == null ? "" : uri.group(2);
        String path = uri.group(3);
        if (scheme.isEmpty() || scheme.equals("file")) {
            return runId == null
                    ? "must not be a local path without the run_id of the run whose artifacts contain it; use a URI such as"
                            + " s3://bucket/path"
                    : null;
        }
        if (!path.startsWith("/")
                || path.equals("/")
                || DOT_SEGMENT.matcher(path).matches()) {
            return "must have an absolute path, such as s3://bucket/path";
        }
        return objectionTo(scheme, host, path, runId);
    }

    private static @Nullable String objectionTo(String scheme, String host, String path, @Nullable String runId) {
        return switch (scheme) {
            case "runs" ->
                host.isEmpty() && path.split("/", 3)[1].equals(runId)
                        ? null
                        : "must be runs:/RUN/path with the run that run_id names";
            case "models" ->
                host.isEmpty() && !path.startsWith("/m-") ? null : "must be models:/NAME/VERSION or models:/NAME@ALIAS";
            case "mlflow-artifacts" ->
                runId == null ? "must come with the run_id of the run that has the artifacts" : null;
            default -> null;
        };
    }

    private static boolean hasParentSegment(String text) {
        for (String part : text.split("/", -1)) {
            if (part.equals("..")) {
                return true;
            }
        }
        return false;
    }

    /** The text without any percent-encoding; null if it is encoded again and again. */
    private static @Nullable String decoded(String text) {
        String present = text;
        for (int i = 0; i < MOST_DECODINGS; i++) {
            String next = decodedOnce(present);
            if (next.equals(present)) {
                return present;
            }
            present = next;
        }
        return null;
    }

    /** A percent sign that begins no encoding stands for itself, as in Python. */
    private static String decodedOnce(String text) {
        return URLDecoder.decode(text.replaceAll("%(?![0-9A-Fa-f]{2})", "%25"), StandardCharsets.UTF_8);
    }
}

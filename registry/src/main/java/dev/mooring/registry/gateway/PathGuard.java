package dev.mooring.registry.gateway;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides which paths may be forwarded, from the bytes of the request line and not from what a server made of them: MLflow decodes a path
 * once more, and a path that two servers read in two ways is a way around the rules of the first.
 *
 * <p>What passes is a path below one of MLflow's roots whose segments are not empty, are not {@code .} or {@code ..}, and hold no slash,
 * backslash, semicolon or control character, plain, encoded, or encoded twice. MLflow's own clients send no other.
 */
final class PathGuard {
    private static final Pattern MOUNT = Pattern.compile("^(?:/api/mlflow|/mlflow)(?=/)");
    private static final Pattern ROOT =
            Pattern.compile("/(?:api/(?:2\\.0/mlflow|3\\.0/mlflow|2\\.0/mlflow-artifacts)|ajax-api)/.+");
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,=:@%/-]+");
    private static final Pattern EMPTY_SEGMENT = Pattern.compile("//|/$");
    private static final Pattern HALF_ENCODED = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    /** Encoded: a control character, a slash, a backslash, a semicolon, DEL; the percent sign before them may be encoded too. */
    private static final Pattern ENCODED =
            Pattern.compile("%(?:25)*(?:[01][0-9A-F]|2F|5C|3B|7F)", Pattern.CASE_INSENSITIVE);
    /** A segment of one or two dots, each plain or encoded. */
    private static final Pattern DOTS = Pattern.compile("/(?:\\.|%(?:25)*2E){1,2}(?=/|$)", Pattern.CASE_INSENSITIVE);

    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*");
    private static final int LONGEST = 8 * 1024;

    private PathGuard() {}

    /**
     * The path on the MLflow server, without the mount; empty when the path may not be forwarded.
     *
     * @param raw the path as it arrived, still encoded
     */
    static Optional<String> path(String raw) {
        if (raw.length() > LONGEST
                || !PATH.matcher(raw).matches()
                || EMPTY_SEGMENT.matcher(raw).find()
                || HALF_ENCODED.matcher(raw).find()
                || ENCODED.matcher(raw).find()
                || DOTS.matcher(raw).find()) {
            return Optional.empty();
        }
        String path = MOUNT.matcher(raw).replaceFirst("");
        return Optional.of(path).filter(found -> ROOT.matcher(found).matches());
    }

    /** Whether the query may be forwarded: anything that is printable and encoded as a URI wants it. */
    static boolean isQuery(String raw) {
        return QUERY.matcher(raw).matches() && !HALF_ENCODED.matcher(raw).find();
    }
}

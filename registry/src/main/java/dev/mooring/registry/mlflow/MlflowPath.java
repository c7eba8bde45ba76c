package dev.mooring.registry.mlflow;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A path that belongs to MLflow.
 *
 * @param mount what stands before the path of the MLflow server: nothing, {@code /mlflow} or {@code /api/mlflow}
 * @param rest the path on the MLflow server, such as {@code /api/2.0/mlflow/registered-models/get}
 * @param resource what follows {@code /api/} or {@code /ajax-api/}, such as {@code 2.0/mlflow/registered-models/get}
 */
public record MlflowPath(String mount, String rest, String resource) {
    private static final List<String> MOUNTS = List.of("", "/mlflow", "/api/mlflow");
    private static final List<String> BELOW_MOUNT =
            List.of("/api/2.0/mlflow", "/api/3.0/mlflow", "/api/2.0/mlflow-artifacts", "/ajax-api");
    private static final Pattern FORM =
            Pattern.compile("(/mlflow|/api/mlflow)?(/(?:api|ajax-api)(?:/(.*))?)", Pattern.DOTALL);

    /** The paths below which everything belongs to MLflow, and they themselves; none ends with a slash. */
    public static final Set<String> ROOTS = MOUNTS.stream()
            .flatMap(mount -> BELOW_MOUNT.stream().map(root -> mount + root))
            .collect(Collectors.toUnmodifiableSet());

    /** Reads a decoded path; empty if it does not belong to MLflow. */
    public static Optional<MlflowPath> of(String path) {
        Matcher form = FORM.matcher(path);
        return form.matches() && isBelowARoot(path)
                ? Optional.of(new MlflowPath(text(form, 1), text(form, 2), text(form, 3)))
                : Optional.empty();
    }

    private static boolean isBelowARoot(String path) {
        return Stream.iterate(path, part -> !part.isEmpty(), part -> part.substring(0, part.lastIndexOf('/')))
                .anyMatch(ROOTS::contains);
    }

    private static String text(Matcher form, int group) {
        String text = form.group(group);
        return text == null ? "" : text;
    }
}

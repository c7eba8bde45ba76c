package dev.mooring.spring.problem;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/**
 * Answers a body that Spring could not read: 400 if it is not JSON, 422 with the field if the JSON has another shape than
 * expected.
 */
final class UnreadableBody {
    private static final boolean JACKSON =
            ClassUtils.isPresent("tools.jackson.databind.DatabindException", UnreadableBody.class.getClassLoader());

    private UnreadableBody() {}

    static Problem problem(HttpMessageNotReadableException error) {
        Optional<Problem> shape = JACKSON ? Shape.problem(error.getCause()) : Optional.empty();
        return shape.orElseGet(() -> Problem.of(400, "malformed_json", "The body is empty or is not JSON."));
    }

    /** Loaded only if Jackson is on the class path. */
    private static final class Shape {
        static Optional<Problem> problem(@Nullable Throwable cause) {
            return cause instanceof DatabindException other && !other.getPath().isEmpty()
                    ? Optional.of(
                            Problem.invalid(List.of(new FieldProblem(path(other), "is not of the type expected"))))
                    : Optional.empty();
        }

        private static String path(JacksonException error) {
            return error.getPath().stream()
                    .map(step ->
                            step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                    .collect(Collectors.joining())
                    .replaceFirst("^\\.", "");
        }
    }
}

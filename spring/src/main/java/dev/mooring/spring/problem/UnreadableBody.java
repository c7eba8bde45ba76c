package dev.mooring.spring.problem;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/** A body that could not be read: no JSON at all (400), or JSON of another shape than expected (422, with the field). */
final class UnreadableBody {
    private static final boolean JACKSON =
            ClassUtils.isPresent("tools.jackson.databind.DatabindException", UnreadableBody.class.getClassLoader());

    private UnreadableBody() {}

    static Problem problem(HttpMessageNotReadableException error) {
        Optional<Problem> shape = JACKSON ? Shape.problem(error.getCause()) : Optional.empty();
        return shape.orElseGet(() -> Problem.of(400, "malformed_json", "The body is empty or is not JSON."));
    }

    /** Touched only where Jackson is on the class path. */
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

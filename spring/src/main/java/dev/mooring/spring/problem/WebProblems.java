package dev.mooring.spring.problem;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Answers the exceptions of Spring MVC. */
final class WebProblems implements ProblemReader {
    @Override
    public Optional<Problem> read(Throwable error) {
        if (error instanceof HttpMessageNotReadableException body) {
            return Optional.of(UnreadableBody.problem(body));
        }
        if (error instanceof MethodArgumentNotValidException invalid) {
            return Optional.of(Problem.invalid(fields(invalid.getBindingResult())));
        }
        if (error instanceof HandlerMethodValidationException invalid && !invalid.isForReturnValue()) {
            return Optional.of(Problem.invalid(parameters(invalid)));
        }
        if (error instanceof MissingServletRequestParameterException missing) {
            return Optional.of(parameter(missing.getParameterName(), "is required"));
        }
        if (error instanceof HttpMediaTypeNotSupportedException type) {
            return Optional.of(StatusProblem.of(415, Optional.of(type(type))));
        }
        if (error instanceof HttpRequestMethodNotSupportedException method) {
            return Optional.of(StatusProblem.of(405, Optional.of(method(method))));
        }
        if (error instanceof TypeMismatchException mismatch) {
            return Optional.of(mismatch(mismatch));
        }
        return error instanceof ErrorResponse known ? Optional.of(known(known)) : annotated(error);
    }

    private static Optional<Problem> annotated(Throwable error) {
        return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(error.getClass(), ResponseStatus.class))
                .map(status -> StatusProblem.of(
                        status.code().value(), Optional.of(status.reason()).filter(reason -> !reason.isEmpty())));
    }

    private static String type(HttpMediaTypeNotSupportedException refused) {
        MediaType sent = refused.getContentType();
        String what = sent == null
                ? "a body without a Content-Type that it can read"
                : "a body of the type " + sent.getType() + "/" + sent.getSubtype();
        List<MediaType> taken = refused.getSupportedMediaTypes();
        boolean json = taken.isEmpty() || taken.stream().anyMatch(MediaType.APPLICATION_JSON::equalsTypeAndSubtype);
        String types = json ? MediaType.APPLICATION_JSON_VALUE : MediaType.toString(taken);
        return "This call does not take " + what + "; send it as " + types + ".";
    }

    private static String method(HttpRequestMethodNotSupportedException refused) {
        String[] taken = refused.getSupportedMethods();
        String instead = taken == null || taken.length == 0 ? "" : ", it takes " + String.join(", ", taken);
        return "This address does not take " + refused.getMethod() + instead + ".";
    }

    private static Problem mismatch(TypeMismatchException mismatch) {
        String name = mismatch instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : Objects.requireNonNullElse(mismatch.getPropertyName(), "parameter");
        Class<?> type = mismatch.getRequiredType();
        return parameter(name, type == null ? "is not acceptable" : "must be " + words(type));
    }

    private static String words(Class<?> type) {
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .map(Object::toString)
                    .toList()
                    .toString();
        }
        boolean whole = type == int.class || type == Integer.class || type == long.class || type == Long.class;
        return whole ? "a whole number" : "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static Problem parameter(String name, String message) {
        return Problem.of(400, "invalid_parameter", name + " " + message + ".")
                .withErrors(List.of(new FieldProblem(name, message)));
    }

    private static List<FieldProblem> fields(BindingResult result) {
        return result.getAllErrors().stream()
                .map(error -> new FieldProblem(name(error), message(error)))
                .toList();
    }

    private static List<FieldProblem> parameters(HandlerMethodValidationException invalid) {
        return invalid.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> new FieldProblem(
                                Objects.requireNonNullElse(
                                        result.getMethodParameter().getParameterName(), "parameter"),
                                message(error))))
                .toList();
    }

    private static String name(ObjectError error) {
        return error instanceof FieldError field ? field.getField() : error.getObjectName();
    }

    private static String message(MessageSourceResolvable error) {
        return Objects.requireNonNullElse(error.getDefaultMessage(), "is not acceptable");
    }

    private static Problem known(ErrorResponse known) {
        int status = known.getStatusCode().value();
        Optional<String> said = status >= 500 || status == 404
                ? Optional.empty()
                : Optional.ofNullable(known.getBody().getDetail());
        return StatusProblem.of(status, said);
    }
}

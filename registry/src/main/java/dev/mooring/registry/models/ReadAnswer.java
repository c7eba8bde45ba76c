package dev.mooring.registry.models;

import dev.mooring.registry.backend.MlflowSettings;
import dev.mooring.spring.request.Degraded;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Answers reads. An answer from a mirror says so with {@code Age}, and with {@code Mooring-Degraded} while MLflow is away. */
final class ReadAnswer {
    private ReadAnswer() {}

    /** 200. */
    static <T> ResponseEntity<T> of(Read<T> read) {
        return answer(read.value(), read);
    }

    /** 200, or the exception when the value is not there. */
    static <T> ResponseEntity<T> of(Read<Optional<T>> read, Supplier<? extends RuntimeException> absent) {
        return answer(read.value().orElseThrow(absent), read);
    }

    private static <T> ResponseEntity<T> answer(T value, Read<?> read) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        read.age().ifPresent(old -> answer.header(HttpHeaders.AGE, Long.toString(old.toSeconds())));
        if (read.degraded()) {
            degraded();
        }
        return answer.body(value);
    }

    /** Marks the response itself, where access may have named another dependency already. */
    private static void degraded() {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                && request.getResponse() != null) {
            Degraded.mark(request.getResponse(), MlflowSettings.NAME);
        }
    }
}

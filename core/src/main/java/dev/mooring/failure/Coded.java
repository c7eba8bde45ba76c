package dev.mooring.failure;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An enum whose constants have a code: the one name of a constant in bodies, metrics, log lines, paths and tables. */
public interface Coded {
    /** The name of the constant; every enum has this method. */
    String name();

    /** The stable name in snake case, for example {@code connection_refused} for {@code CONNECTION_REFUSED}. */
    default String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of {@code type} with that code; empty where {@code type} has none. */
    static <E extends Enum<E> & Coded> Optional<E> find(Class<E> type, @Nullable String code) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> constant.code().equals(code))
                .findFirst();
    }
}

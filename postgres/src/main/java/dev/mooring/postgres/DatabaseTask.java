package dev.mooring.postgres;

import java.util.Optional;
import javax.sql.DataSource;

/** Work on a database that runs before the breaker admits calls. */
@FunctionalInterface
public interface DatabaseTask {
    /**
     * Does the work. The supervisor repeats a task that failed, and runs all tasks again when the database is another one than before or
     * lost their {@linkplain #traces traces}. So the work must be safe to repeat.
     *
     * @param connections connections outside the pool, without time limits of the server; they close when the database stops answering,
     *     and when its owner closes
     */
    void run(DataSource connections) throws Exception;

    /**
     * An SQL expression of type text. Its value stays the same as long as the work is in place, and changes when the
     * work is lost. Each probe evaluates it, so it must be cheap, read nothing but system catalogs, and need no rights. Empty by default: then
     * only another database makes the task run again. Called often; while the expression changes, Mooring notes the present value anew.
     */
    default Optional<String> traces() {
        return Optional.empty();
    }

    /**
     * An SQL expression of type text that names the tables which the user of the database may not read, in words for people; null while there
     * is none. Each probe evaluates it, as {@link #traces()}. While it names a table the database is down with the kind {@code
     * permission_denied}. Empty by default: then nothing is checked.
     */
    default Optional<String> unreadable() {
        return Optional.empty();
    }

    /**
     * The same for the writes that the user may not make, in words that follow "may not", such as {@code insert into app.note}. While it names
     * one the database is {@code degraded}. Not evaluated where the application wants to read only.
     */
    default Optional<String> unwritable() {
        return Optional.empty();
    }

    /**
     * Whether all its work is done. When this turns false after the task has run, because there is more to do, all tasks run again before the
     * breaker admits further calls. Each probe asks; the answer comes from memory. True by default.
     */
    default boolean isComplete() {
        return true;
    }
}

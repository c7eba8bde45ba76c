package dev.mooring.spring.postgres;

import dev.mooring.postgres.Postgres;
import java.util.Optional;

/**
 * A database that Mooring supervises.
 *
 * @param bean the name of the bean that stands for it: a data source, or a {@code Postgres}
 * @param initializations what Boot's initializers do in it; empty where the application has none, and for a {@code Postgres} of the
 *     application
 */
record SupervisedDatabase(String bean, Postgres postgres, Optional<Initializations> initializations) {
    String name() {
        return postgres.dependency().name();
    }
}

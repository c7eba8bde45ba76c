package dev.mooring.cli.doctor;

import dev.mooring.diagnosis.Check;
import dev.mooring.http.HttpBackend;
import dev.mooring.postgres.Postgres;
import dev.mooring.redis.Redis;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every check that the command can make. */
final class Catalog {
    private Catalog() {}

    /** PostgreSQL's, then Redis', then those of HTTP backends; each in the order of the layers. */
    static List<Check> all() {
        return Stream.of(Postgres.checks(), Redis.checks(), HttpBackend.checks())
                .flatMap(List::stream)
                .toList();
    }

    static Optional<Check> find(String code) {
        return all().stream().filter(check -> check.code().equals(code)).findFirst();
    }
}

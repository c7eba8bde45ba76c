package dev.mooring.registry.models;

import static dev.mooring.registry.models.RegistryKit.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.spring.problem.ProblemException;
import dev.mooring.testing.proxy.Affected;
import dev.mooring.testing.proxy.Direction;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.testing.proxy.FaultProxy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.NestedRuntimeException;

/** A proxy cuts the connection at every place of a registration's bytes, also in the middle of its commit. */
@Timeout(180)
class UnclearCommitTest {
    /** All places before the commit are alike: the server has committed nothing. */
    private static final int COARSE = 70;

    private static final int FINE = 4;
    private static final int COMMIT = 80;

    /** Cuts that let no log-in through cost this much each. */
    private static final Duration CONNECTION_LIMIT = Duration.ofSeconds(2);

    @Test
    void registration_whoseConnectionIsCut_isMadeOnceOrCalledUnknown() {
        cutEverywhere(Affected.EXISTING, Outcome.REGISTERED);
    }

    @Test
    @Tag("long")
    void registration_whoseSecondTryIsCutToo_isCalledUnknownAndNeverMadeTwice() {
        cutEverywhere(Affected.ALL, Outcome.UNKNOWN);
    }

    private static void cutEverywhere(Affected affected, Outcome mustOccur) {
        String database = RegistryKit.migratedDatabase();
        try (FaultProxy proxy = FaultProxy.to(
                        RegistryKit.server().host(), RegistryKit.server().port());
                RegistryKit kit = RegistryKit.on(
                        "jdbc:postgresql://" + proxy.host() + ":" + proxy.port() + "/" + database,
                        1,
                        CONNECTION_LIMIT);
                RegistryKit direct = RegistryKit.on(RegistryKit.server().jdbcUrl(database), 1)) {
            for (Direction direction : Direction.values()) {
                long bytes = bytesOfOne(kit, proxy, direction);
                Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);
                for (long cut = 0; cut < bytes; cut = next(cut, bytes)) {
                    proxy.heal();
                    kit.count("model");
                    proxy.inject(Fault.cutAfter(cut, direction), affected);
                    seen.merge(oneRegistration(kit, direct, cut), 1, Integer::sum);
                }
                proxy.heal();
                System.out.println("cut in " + direction + " of " + bytes + " bytes, " + affected + ": " + seen);
                assertThat(seen).containsKeys(Outcome.NOT_MADE, mustOccur);
            }
        }
    }

    private static long next(long cut, long bytes) {
        long commit = bytes - COMMIT;
        return cut < commit ? Math.min(cut + COARSE, commit) : cut + FINE;
    }

    private static Outcome oneRegistration(RegistryKit kit, RegistryKit direct, long cut) {
        NewRegistration wanted = wanted("cut", null, "s3://cut/" + cut);
        Outcome outcome = outcome(kit, wanted);
        long made = direct.sql
                .sql("select count(*) from mooring.model_version where registration_id = :id")
                .param("id", wanted.id())
                .query(Long.class)
                .single();
        switch (outcome) {
            case REGISTERED -> assertThat(made).as("cut after %d", cut).isEqualTo(1);
            case UNKNOWN -> assertThat(made).as("cut after %d", cut).isLessThanOrEqualTo(1);
            case NOT_MADE -> assertThat(made).as("cut after %d", cut).isZero();
        }
        return outcome;
    }

    private static Outcome outcome(RegistryKit kit, NewRegistration wanted) {
        try {
            Registered answer = kit.registry.register(wanted);
            assertThat(answer.registration().id()).isEqualTo(wanted.id());
            assertThat(answer.replayed()).isFalse();
            return Outcome.REGISTERED;
        } catch (ProblemException unknown) {
            assertThat(unknown.problem().status()).isEqualTo(503);
            assertThat(unknown.problem().code()).isEqualTo("outcome_unknown");
            assertThat(unknown.problem().more())
                    .containsEntry("registration_id", wanted.id().toString());
            return Outcome.UNKNOWN;
        } catch (NestedRuntimeException failed) {
            return Outcome.NOT_MADE;
        }
    }

    private static long bytesOfOne(RegistryKit kit, FaultProxy proxy, Direction direction) {
        kit.registry.register(wanted("cut", null, "s3://cut/first"));
        long before = proxy.passed(direction);
        kit.registry.register(wanted("cut", null, "s3://cut/second"));
        return proxy.passed(direction) - before;
    }

    private enum Outcome {
        REGISTERED,
        UNKNOWN,
        NOT_MADE
    }
}

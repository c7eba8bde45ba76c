package dev.mooring.messages;

import dev.mooring.testing.postgres.TestPostgres;
import java.sql.SQLException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of several relays of which some die. {@code -Drelay.seed=N} repeats one, up to the timing of the threads; {@code
 * -Drelay.scenarios=N} runs that many new ones.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayScenariosTest {
    private static final int SCENARIOS = 8;
    private static TestPostgres server;

    @BeforeAll
    static void startServer() throws SQLException {
        server = OutboxRig.server();
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    static LongStream seeds() {
        Long one = Long.getLong("relay.seed");
        int many = Integer.getInteger("relay.scenarios", 0);
        if (one != null) {
            return LongStream.of(one);
        }
        return many > 0 ? LongStream.generate(System::nanoTime).limit(many) : LongStream.range(0, SCENARIOS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Execution(ExecutionMode.CONCURRENT)
    void messages_whileRelaysDie_arriveEachInTheOrderOfItsKey(long seed) throws Exception {
        new RelayScenario(seed, server).run();
    }
}

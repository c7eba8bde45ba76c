package dev.mooring.examples.glucolens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.Signal;
import dev.mooring.testing.load.LoadRecord;
import dev.mooring.testing.load.SteadyLoad;
import dev.mooring.testing.postgres.TestPostgres;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two instances as processes behind a load balancer that asks for readiness, restarted one after the other under load. */
@Tag("long")
@Timeout(180)
class RollingRestartTest {
    private static final int PER_SECOND = 40;

    @Test
    void rollingRestart_ofTwoUnderLoad_losesNoRequest_andEachEndsInOrder() throws Exception {
        try (TestPostgres server = TestPostgres.started()) {
            server.admin().createDatabase("glucolens");
            List<Instance> behind = new CopyOnWriteArrayList<>();
            Instance first = Instance.on(server, Map.of());
            Instance second = Instance.on(server, Map.of());
            Instance third = null;
            try {
                behind.add(first.awaitReady());
                behind.add(second.awaitReady());
                AtomicInteger turn = new AtomicInteger();
                SteadyLoad load = SteadyLoad.of(PER_SECOND, () -> store(behind, turn.getAndIncrement()));
                third = Instance.on(server, Map.of()).awaitReady();
                behind.add(third);
                assertThat(leave(behind, first))
                        .as("exit code: %s", first.process())
                        .isIn(0, 143);
                assertThat(leave(behind, second))
                        .as("exit code: %s", second.process())
                        .isIn(0, 143);
                LoadRecord record = load.stop();

                assertThat(record.failed()).as("%s", record).isZero();
                int sent = record.count();
                assertThat(server.admin().ask("glucolens", "select count(*) from public.readings"))
                        .isEqualTo(String.valueOf(sent));
                System.out.println("measured requests that a rolling restart of two lost: 0 of " + sent);
            } finally {
                first.close();
                second.close();
                if (third != null) {
                    third.close();
                }
            }
        }
    }

    /** SIGTERM while calls come in; the load balancer takes the instance away when it says that it is not ready. */
    private static int leave(List<Instance> behind, Instance one) throws Exception {
        one.process().signal(Signal.TERM);
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !one.isReady());
        behind.remove(one);
        return one.process().awaitExit(Duration.ofSeconds(30));
    }

    private static int store(List<Instance> behind, int turn) throws Exception {
        Instance one = behind.get(turn % behind.size());
        HttpResponse<String> answer = one.client().post("/readings", Reading.of("load", 100));
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return answer.statusCode();
    }
}

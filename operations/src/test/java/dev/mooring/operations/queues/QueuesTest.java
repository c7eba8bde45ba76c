package dev.mooring.operations.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.event.MooringEvent.DeliveryEnded;
import dev.mooring.event.MooringEvent.DeliveryOutcome;
import dev.mooring.messages.Delivery;
import dev.mooring.messages.Message;
import dev.mooring.messages.MessagesSchema;
import dev.mooring.messages.Outbox;
import dev.mooring.messages.Relay;
import dev.mooring.messages.RelayPlan;
import dev.mooring.messages.Result;
import dev.mooring.postgres.Migrations;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.time.Time;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What operators see of a queue in which one message waits. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueuesTest {
    @Test
    void queue_inWhichAMessageWaits_isSeenInCallsHealthAndMetrics() throws Exception {
        try (TestPostgres server = TestPostgres.started()) {
            server.admin().createDatabase("queues");
            DataSource database = server.admin().dataSource("queues");
            Migrations.of("mooring", MessagesSchema.SCRIPTS).run(database);
            try (Connection connection = database.getConnection()) {
                Outbox.add(
                        connection, new Message(UUID.randomUUID(), "backend", "key", "type", "{}", Duration.ofDays(1)));
            }
            try (Relay relay = Relay.start(
                    RelayPlan.to("backend"),
                    Delivery.each(attempt -> Result.delivered()),
                    database,
                    Time.system(),
                    event -> {})) {
                await().until(() -> relay.figures().isPresent());
                SimpleMeterRegistry registry = new SimpleMeterRegistry();
                QueueMeters meters = new QueueMeters(List.of(relay), registry);
                meters.on(new DeliveryEnded("backend", Instant.now(), DeliveryOutcome.LATER, Duration.ZERO));

                assertThat(new QueueController(List.of(relay)).queues().queues())
                        .containsExactly(new QueueController.Queue("backend", 1, 0, 0));
                assertThat(new QueueSection(List.of(relay)).read().text())
                        .isEqualTo("{\"backend\":{\"pending\":1,\"oldest_seconds\":0,\"dead_letters\":0}}");
                assertThat(registry.get("mooring.outbox.pending")
                                .tag("destination", "backend")
                                .gauge()
                                .value())
                        .isEqualTo(1);
                assertThat(registry.get("mooring.outbox.oldest.seconds").gauge().value())
                        .isZero();
                assertThat(registry.get("mooring.dead.letters").gauge().value()).isZero();
                assertThat(registry.get("mooring.deliveries")
                                .tag("outcome", "later")
                                .counter()
                                .count())
                        .isEqualTo(1);
                assertThat(registry.get("mooring.deliveries")
                                .tag("outcome", "dead")
                                .counter()
                                .count())
                        .isZero();
            }
        }
    }
}

package dev.mooring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.testing.http.Script;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which calls are sent again, how often, and what their caller then hears. */
@Timeout(60)
class RetryTest {
    private static final HttpCall ASK = HttpCall.post("/ask").json("{}");

    @Test
    void repeatableCall_thatFailsTwice_bringsTheThirdReply() throws Exception {
        for (Script failing :
                new Script[] {(request, reply) -> reply.json(503, "{}"), (request, reply) -> reply.reset()}) {
            try (Rig rig = Rig.patient()) {
                rig.server.answers(twice(failing));
                assertThat(rig.backend.send(ASK.repeatable()).status()).isEqualTo(200);
                assertThat(rig.server.arrived()).isEqualTo(3);
            }
        }
    }

    private static Script twice(Script failing) {
        AtomicInteger asked = new AtomicInteger();
        return (request, reply) -> {
            if (asked.incrementAndGet() < 3) {
                failing.play(request, reply);
            } else {
                reply.json(200, "{}");
            }
        };
    }

    @Test
    void repeatableCall_thatFailsEachTime_bringsTheLastReply() throws Exception {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) -> reply.json(503, "{\"still\":\"away\"}"));
            assertThat(rig.backend.send(ASK.repeatable()).text()).isEqualTo("{\"still\":\"away\"}");
            assertThat(rig.server.arrived()).isEqualTo(3);
        }
    }

    @Test
    void otherCall_isSentOnce() throws Exception {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) -> reply.json(503, "{}"));
            assertThat(rig.backend.send(ASK).status()).isEqualTo(503);
            assertThat(rig.server.arrived()).isEqualTo(1);
        }
    }

    @Test
    void replyThatSpeaksAgainstTheRequest_isNotAskedForAgain() throws Exception {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) -> reply.json(404, "{}"));
            assertThat(rig.backend.send(ASK.repeatable()).status()).isEqualTo(404);
            assertThat(rig.server.arrived()).isEqualTo(1);
        }
    }

    @Test
    void repeatableStream_isOpenedAgain_untilAHeadArrivesThatIsWorthReading() throws Exception {
        for (Script failing :
                new Script[] {(request, reply) -> reply.json(503, "{}"), (request, reply) -> reply.reset()}) {
            try (Rig rig = Rig.patient()) {
                rig.server.answers(twice(failing));
                try (StreamedReply reply = rig.backend.stream(ASK.repeatable())) {
                    assertThat(reply.status()).isEqualTo(200);
                    assertThat(reply.body().readAllBytes()).asString().isEqualTo("{}");
                }
                assertThat(rig.server.arrived()).isEqualTo(3);
                assertThat(rig.backend.dependency().bulkhead().running()).isZero();
            }
        }
    }

    @Test
    void repeatableStream_thatFailsEachTime_bringsTheLastReply_orTheLastFailure() throws Exception {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) -> reply.json(503, "{\"still\":\"away\"}"));
            try (StreamedReply reply = rig.backend.stream(ASK.repeatable())) {
                assertThat(reply.body().readAllBytes()).asString().isEqualTo("{\"still\":\"away\"}");
            }
            rig.server.answers((request, reply) -> reply.reset());
            assertThat(catchThrowable(() -> rig.backend.stream(ASK.repeatable())))
                    .isInstanceOf(OutcomeUnknownException.class);
            assertThat(rig.server.arrived()).isEqualTo(6);
            assertThat(rig.backend.dependency().bulkhead().running()).isZero();
        }
    }

    @Test
    void repeatableStream_whoseStatusIs500_isOpenedOnce() throws Exception {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) -> reply.json(500, "{}"));
            try (StreamedReply reply = rig.backend.stream(ASK.repeatable())) {
                assertThat(reply.status()).isEqualTo(500);
            }
            assertThat(rig.server.arrived()).isEqualTo(1);
        }
    }

    @Test
    void headOfAStream_isAwaitedWithinTheDeadline() {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) -> reply.hang());
            try (Deadline.Scope scope =
                    Deadline.in(Duration.ofMillis(200), Time.system()).open()) {
                assertThat(catchThrowable(() -> rig.backend.stream(ASK))).isInstanceOf(OutcomeUnknownException.class);
                assertThat(catchThrowable(() -> rig.backend.stream(ASK))).isInstanceOf(NotSentException.class);
            }
        }
    }

    @Test
    void unknownOutcomeOfAnEarlierAttempt_staysUnknown_thoughTheLastOneWasNotSent() {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) -> rig.server.goesAway());
            Throwable thrown = catchThrowable(() -> rig.backend.send(ASK.repeatable()));
            assertThat(thrown).isInstanceOf(OutcomeUnknownException.class);
            assertThat(thrown.getSuppressed()).hasExactlyElementsOfTypes(NotSentException.class);
        }
        try (Rig rig = Rig.with(settings -> settings.breaker(breaker -> breaker.failures(1)))) {
            rig.server.answers((request, reply) -> reply.reset());
            assertThat(catchThrowable(() -> rig.backend.send(ASK.repeatable())))
                    .as("the breaker refuses the second attempt")
                    .isInstanceOf(OutcomeUnknownException.class);
        }
    }

    @Test
    void load_ofABackendThatFails_isATenthMoreAtMost_afterWhatTheBudgetGivesInAdvance() throws Exception {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) -> reply.json(503, "{}"));
            for (int i = 0; i < 300; i++) {
                rig.backend.send(ASK.repeatable());
            }
            System.out.printf("measured requests for 300 calls that fail: %d (at most 330)%n", rig.server.arrived());
            assertThat(rig.server.arrived()).isLessThanOrEqualTo(330);
        }
    }
}

package dev.mooring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.mooring.failure.FailureKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that are streamed, both ways: whole, broken, slow, and much larger than the heap would like. */
@Timeout(60)
class StreamTest {
    private static final long LARGE = 256L * 1024 * 1024;
    private static final HttpCall GET = HttpCall.get("/artifact");
    private static final HttpCall PUT = HttpCall.put("/artifact");

    @Test
    void largeBodies_passBothWays() throws Exception {
        try (Rig rig = Rig.patient()) {
            AtomicLong arrived = new AtomicLong();
            rig.server.answers((request, reply) -> {
                arrived.set(request.body().transferTo(OutputStream.nullOutputStream()));
                OutputStream out = reply.head(200, Map.of("Content-Length", String.valueOf(LARGE)));
                Zeros.of(LARGE).transferTo(out);
                reply.done();
            });
            for (long length : new long[] {LARGE, -1}) {
                long begun = System.nanoTime();
                try (StreamedReply reply = rig.backend.stream(PUT, Zeros.of(LARGE), length)) {
                    assertThat(reply.status()).isEqualTo(200);
                    assertThat(arrived).hasValue(LARGE);
                    assertThat(rig.backend.dependency().bulkhead().running())
                            .as("holds its place")
                            .isEqualTo(1);
                    assertThat(reply.body().transferTo(OutputStream.nullOutputStream()))
                            .isEqualTo(LARGE);
                }
                System.out.printf(
                        "measured %d MiB up and down through a backend: %d ms%n",
                        LARGE >> 20, Duration.ofNanos(System.nanoTime() - begun).toMillis());
            }
            assertThat(rig.backend.dependency().bulkhead().running()).isZero();
            assertThat(rig.backend.dependency().breaker().counts().succeeded()).isEqualTo(2);
            assertThat(rig.server.connections())
                    .as("the connection is used again")
                    .isEqualTo(1);
            assertThat(rig.server.requests().get(0).header("Content-Length")).contains(String.valueOf(LARGE));
            assertThat(rig.server.requests().get(1).header("Transfer-Encoding")).contains("chunked");
        }
    }

    @Test
    void bodyOfTheCaller_thatThrows_reachesTheCallerAsItIs_andNeverArrivesAsWhole() {
        try (Rig rig = Rig.patient()) {
            CountDownLatch broken = new CountDownLatch(1);
            rig.server.answers((request, reply) -> {
                assertThat(catchThrowable(() -> request.body().transferTo(OutputStream.nullOutputStream())))
                        .isInstanceOf(IOException.class);
                broken.countDown();
            });
            IOException mine = new IOException("the client of the caller went away");
            for (long length : new long[] {100_000, -1}) {
                assertThat(catchThrowable(() -> rig.backend.stream(PUT, failingAfter(50_000, mine), length)))
                        .isSameAs(mine);
            }
            await().until(() -> broken.getCount() == 0);
            assertThat(rig.backend.dependency().breaker().counts().ignored()).isEqualTo(2);
            assertThat(rig.backend.dependency().bulkhead().running()).isZero();
        }
    }

    private static InputStream failingAfter(int bytes, IOException failure) {
        return new InputStream() {
            private int left = bytes;

            @Override
            public int read() throws IOException {
                if (left-- > 0) {
                    return 'x';
                }
                throw failure;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (left <= 0) {
                    throw failure;
                }
                int count = Math.min(left, length);
                left -= count;
                return count;
            }
        };
    }

    @Test
    void bodyOfTheCaller_thatIsShorterOrLongerThanItSaid_failsAndDoesNotArriveAsWhole() {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) ->
                    reply.json(200, "{\"got\":" + request.text().length() + "}"));
            byte[] ten = "0123456789".getBytes(StandardCharsets.UTF_8);
            assertThat(catchThrowable(() -> rig.backend.stream(PUT, new ByteArrayInputStream(ten), 11)))
                    .isInstanceOf(OutcomeUnknownException.class);
            assertThat(catchThrowable(() -> rig.backend.stream(PUT, new ByteArrayInputStream(ten), 9)))
                    .isInstanceOf(OutcomeUnknownException.class);
        }
    }

    @Test
    void serverThatAnswersEarlyAndCloses_endsTheUpload() throws Exception {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) -> {
                reply.send(413, "text/plain", "too large");
                reply.reset();
            });
            try (StreamedReply reply = rig.backend.stream(PUT, Zeros.of(Long.MAX_VALUE), -1)) {
                assertThat(reply.status()).isEqualTo(413);
            } catch (OutcomeUnknownException lost) {
                assertThat(lost.kind())
                        .as("the answer was lost with the connection")
                        .contains(FailureKind.CONNECTION_LOST);
            }
            assertThat(rig.backend.dependency().bulkhead().running()).isZero();
        }
    }

    @Test
    void serverThatTakesNoByte_orSendsNone_isLeftAfterTheIdleLimit() throws Exception {
        try (Rig rig = Rig.with(settings -> settings.limits(limits -> limits.connect(Rig.SHORT)))) {
            rig.server.answers((request, reply) -> reply.hang());
            assertKind(
                    FailureKind.RESPONSE_TIMEOUT,
                    catchThrowable(() -> rig.backend.stream(PUT, Zeros.of(Long.MAX_VALUE), -1)));
            assertKind(FailureKind.RESPONSE_TIMEOUT, catchThrowable(() -> rig.backend.stream(GET)));
            rig.server.answers((request, reply) -> {
                reply.head(200, Map.of("Content-Length", "10")).write('x');
                reply.raw("");
                reply.hang();
            });
            try (StreamedReply reply = rig.backend.stream(GET)) {
                assertThat(reply.body().read()).isEqualTo('x');
                assertKind(FailureKind.RESPONSE_TIMEOUT, catchThrowable(() -> reply.body()
                        .read()));
            }
            assertThat(rig.backend.dependency().breaker().counts().failed())
                    .isEqualTo(Map.of(FailureKind.RESPONSE_TIMEOUT, 3L));
            assertThat(rig.backend.dependency().bulkhead().running()).isZero();
        }
    }

    private static void assertKind(FailureKind kind, Throwable thrown) {
        assertThat(thrown).isInstanceOfSatisfying(OutcomeUnknownException.class, e -> assertThat(e.kind())
                .contains(kind));
    }

    @Test
    void bodyThatBreaksOff_isNoEndOfTheBody() throws Exception {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) ->
                    Zeros.of(100_000).transferTo(reply.head(200, Map.of("Content-Length", "200000"))));
            try (StreamedReply reply = rig.backend.stream(GET)) {
                assertKind(FailureKind.CONNECTION_LOST, catchThrowable(() -> reply.body()
                        .readAllBytes()));
            }
        }
    }

    @Test
    void lengthThatIsNoNumber_endsTheBodyAtOnce() throws Exception {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) ->
                    reply.head(200, Map.of("Content-Length", "2x")).flush());
            try (StreamedReply reply = rig.backend.stream(GET)) {
                assertKind(FailureKind.CONNECTION_LOST, catchThrowable(() -> reply.body()
                        .read()));
            }
        }
    }

    @Test
    void readerThatStops_giveItsConnectionBack_andBlamesNobody() throws Exception {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) ->
                    Zeros.of(LARGE).transferTo(reply.head(200, Map.of("Content-Length", String.valueOf(LARGE)))));
            try (StreamedReply reply = rig.backend.stream(GET)) {
                assertThat(reply.body().readNBytes(10)).hasSize(10);
            }
            await().until(() -> rig.server.openConnections() == 0);
            assertThat(rig.backend.dependency().breaker().counts().ignored()).isEqualTo(1);
        }
    }

    @Test
    void statusOfAFault_countsAsFailure_andItsBodyCanBeRead() throws Exception {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) -> reply.json(500, "{\"error\":1}"));
            try (StreamedReply reply = rig.backend.stream(HttpCall.post("/x").json("{}"))) {
                assertThat(reply.status()).isEqualTo(500);
                assertThat(new String(reply.body().readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("{\"error\":1}");
                assertThat(reply.header("content-type")).contains("application/json");
            }
            assertThat(rig.backend.dependency().breaker().counts().failed())
                    .isEqualTo(Map.of(FailureKind.HTTP_ERROR, 1L));
        }
    }

    @Test
    void slowReader_isSentNoMoreThanItReads() throws Exception {
        try (Rig rig = Rig.patient()) {
            AtomicLong written = new AtomicLong();
            rig.server.answers((request, reply) -> {
                OutputStream out = reply.head(200, Map.of("Content-Length", String.valueOf(LARGE)));
                byte[] part = new byte[16 * 1024];
                for (long sent = 0; sent < LARGE; sent += part.length) {
                    out.write(part);
                    written.addAndGet(part.length);
                }
            });
            try (StreamedReply reply = rig.backend.stream(GET)) {
                assertThat(reply.body().read()).isZero();
                AtomicLong before = new AtomicLong(-1);
                await().pollInterval(Duration.ofMillis(200))
                        .until(() -> before.getAndSet(written.get()) == written.get());
                System.out.printf(
                        "measured of a body that is not read, taken by socket buffers and client: %d KiB (at most 16384 KiB)%n",
                        written.get() / 1024);
                assertThat(written.get()).isLessThan(16L * 1024 * 1024);
            }
        }
    }

    /** A body of zeros that exists nowhere. */
    private static final class Zeros extends InputStream {
        private long left;

        private Zeros(long length) {
            this.left = length;
        }

        static InputStream of(long length) {
            return new Zeros(length);
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            left -= count;
            return count;
        }
    }
}

package dev.mooring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.http.settings.Credentials;
import dev.mooring.settings.Secret;
import dev.mooring.settings.SecretSource;
import dev.mooring.testing.http.ScriptedRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** What goes out and what comes back when all is well. */
@Timeout(60)
class SendTest {
    private static final HttpCall RANK = HttpCall.get("/rank");

    @Test
    void reply_ofAnyStatusThatIsNoFault_isReturnedAndCountsAsSuccess() throws Exception {
        try (Rig rig = Rig.patient()) {
            for (int status : List.of(200, 201, 302, 400, 401, 403, 404, 409, 501)) {
                rig.server.answers((request, reply) -> reply.send(status, "text/plain", "as asked"));

                HttpReply reply = rig.backend.send(RANK);

                assertThat(reply.status()).isEqualTo(status);
                assertThat(reply.text()).isEqualTo("as asked");
                assertThat(reply.isJson()).isFalse();
            }
            assertThat(rig.backend.dependency().breaker().counts().succeeded()).isEqualTo(9);
        }
    }

    @Test
    void reply_ofAServerThatFailed_isReturnedAndCountsAsFailure() throws Exception {
        try (Rig rig = Rig.patient()) {
            for (int status : List.of(429, 500, 502, 503)) {
                rig.server.answers((request, reply) -> reply.json(status, "{\"a\":1}"));
                assertThat(rig.backend.send(RANK).status()).isEqualTo(status);
            }
            assertThat(rig.backend.dependency().breaker().counts().failed().values())
                    .containsExactly(4L);
        }
    }

    @Test
    void request_arrivesAsTheCallSays() throws Exception {
        try (Rig rig = Rig.with(settings -> Rig.settings(URI.create(settings.address() + "/behind/a/path")))) {
            AtomicReference<String> body = new AtomicReference<>();
            rig.server.answers((request, reply) -> {
                body.set(request.text());
                reply.json(200, "{}");
            });

            rig.backend.send(HttpCall.delete("/models/delete?x=%2F")
                    .query("filter", "name = 'a+b' & c/ü")
                    .header("X-Workspace", "blue")
                    .json("{\"name\":\"churn\"}"));

            ScriptedRequest arrived = rig.server.requests().get(0);
            assertThat(arrived)
                    .hasToString("DELETE /behind/a/path/models/delete?x=%2F"
                            + "&filter=name%20%3D%20%27a%2Bb%27%20%26%20c%2F%C3%BC");
            assertThat(arrived.header("X-Workspace")).contains("blue");
            assertThat(arrived.header("Content-Type")).contains("application/json");
            assertThat(arrived.header("Upgrade")).as("an offer of HTTP/2").isEmpty();
            assertThat(body).hasValue("{\"name\":\"churn\"}");
        }
    }

    @Test
    void body_ofAGet_arrives() throws Exception {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) -> reply.json(200, request.text()));
            assertThat(rig.backend
                            .send(HttpCall.get("/get").json("{\"name\":1}"))
                            .text())
                    .isEqualTo("{\"name\":1}");
        }
    }

    @Test
    void idsOfThePresentRequest_goOut_unlessTheCallHasItsOwn() throws Exception {
        try (Rig rig = Rig.patient();
                var request = MDC.putCloseable("request_id", "order-7");
                var trace = MDC.putCloseable("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736")) {
            rig.backend.send(RANK);
            rig.backend.send(RANK.header("x-request-id", "own").header("traceparent", "own-trace"));

            ScriptedRequest first = rig.server.requests().get(0);
            assertThat(first.header("X-Request-ID")).contains("order-7");
            assertThat(first.header("traceparent").orElseThrow())
                    .matches("00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-00");
            ScriptedRequest second = rig.server.requests().get(1);
            assertThat(second.headers().get("X-Request-ID")).containsExactly("own");
            assertThat(second.headers().get("traceparent")).containsExactly("own-trace");
        }
    }

    @Test
    void idsThatAreNoneOfOurs_stayHere() throws Exception {
        try (Rig rig = Rig.patient();
                var request = MDC.putCloseable("request_id", "a\r\nX-Evil: 1");
                var trace = MDC.putCloseable("trace_id", "0".repeat(32))) {
            rig.backend.send(RANK);
            assertThat(rig.server.requests().get(0).headers()).doesNotContainKeys("X-Request-ID", "traceparent");
        }
    }

    @Test
    void token_fromAFile_isReadAgainForEachCall(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        try (Rig rig = Rig.with(settings -> settings.credentials(Credentials.bearer(SecretSource.file(file))))) {
            rig.backend.send(RANK);
            Files.writeString(file, "second\n");
            rig.backend.send(RANK);
            rig.backend.send(RANK.header("Authorization", "Bearer the callers own"));

            assertThat(rig.server.requests())
                    .extracting(request -> request.header("Authorization").orElseThrow())
                    .containsExactly("Bearer first", "Bearer second", "Bearer the callers own");
        }
    }

    @Test
    void sourceOfASecretThatThrows_leavesTheLastOneInForce() throws Exception {
        AtomicReference<Secret> secret = new AtomicReference<>(Secret.of("pässword"));
        SecretSource broken = () -> {
            if (secret.get() == null) {
                throw new IllegalStateException("vault sealed");
            }
            return secret.get();
        };
        try (Rig rig = Rig.with(settings -> settings.credentials(Credentials.basic("ada", broken)))) {
            rig.backend.send(RANK);
            secret.set(null);
            rig.backend.send(RANK);

            assertThat(rig.server.requests())
                    .extracting(request -> request.header("Authorization").orElseThrow())
                    .containsOnly("Basic YWRhOnDDpHNzd29yZA==");
        }
    }

    @Test
    void redirect_isReturnedAndNotFollowed() throws Exception {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) -> {
                reply.raw("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/elsewhere\r\nContent-Length: 0\r\n\r\n");
                reply.done();
            });
            HttpReply reply = rig.backend.send(RANK);
            assertThat(reply.status()).isEqualTo(302);
            assertThat(reply.header("location")).contains("http://127.0.0.1:1/elsewhere");
        }
    }

    @Test
    void check_thatRefusesTheReply_isAFailureAndTellsIt() throws Exception {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) -> reply.send(200, "text/html", "<html>a page"));
            assertThatThrownBy(() -> rig.backend.send(RANK.expecting(ReplyCheck.json())))
                    .isInstanceOfSatisfying(
                            UnexpectedReplyException.class,
                            e -> assertThat(e.reply().text()).startsWith("<html>"))
                    .hasMessage("answered 200 with text/html instead of JSON");
            assertThatThrownBy(() -> rig.backend.send(RANK.expecting(reply -> {
                        throw new IllegalStateException("parser is confused");
                    })))
                    .isInstanceOf(UnexpectedReplyException.class)
                    .hasMessage("answered status 200 with 12 bytes, which cannot be read");
            assertThat(rig.backend.dependency().breaker().counts().failed().values())
                    .containsExactly(2L);
        }
    }

    @Test
    void calls_thatAreNone_areRefusedWhenMade() {
        for (String target : List.of("", "rank", "http://evil/", "/a b", "/a#b", "/a\r\nHost: evil", "/%zz", "/ü")) {
            assertThatThrownBy(() -> HttpCall.get(target)).as(target).isInstanceOf(IllegalArgumentException.class);
        }
        for (String method : List.of("", "get", "CONNECT", "GET / HTTP/1.1\r\nX: ")) {
            assertThatThrownBy(() -> HttpCall.of(method, "/")).isInstanceOf(IllegalArgumentException.class);
        }
        for (String name : List.of("", "a b", "a:", "Host", "content-length", "Transfer-Encoding", "connection")) {
            assertThatThrownBy(() -> RANK.header(name, "x")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> RANK.header("X-Evil", "a\r\nb")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void authority_ofTheTarget_isNoWayToAnotherHost() throws Exception {
        try (Rig rig = Rig.patient()) {
            rig.backend.send(HttpCall.get("//127.0.0.1:1/x"));
            rig.backend.send(HttpCall.get("/@127.0.0.1:1/"));
            assertThat(rig.server.arrived()).isEqualTo(2);
        }
    }
}

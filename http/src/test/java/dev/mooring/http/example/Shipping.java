package dev.mooring.http.example;

import dev.mooring.DependencyBuilder;
import dev.mooring.breaker.MooringException;
import dev.mooring.failure.FailureKind;
import dev.mooring.http.HttpBackend;
import dev.mooring.http.HttpCall;
import dev.mooring.http.HttpCallException;
import dev.mooring.http.HttpProbe;
import dev.mooring.http.HttpReply;
import dev.mooring.http.NotSentException;
import dev.mooring.http.OutcomeUnknownException;
import dev.mooring.http.ReplyCheck;
import dev.mooring.http.StreamedReply;
import dev.mooring.http.UnexpectedReplyException;
import dev.mooring.http.settings.Credentials;
import dev.mooring.http.settings.HttpSettings;
import dev.mooring.settings.SecretSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Calls a backend over HTTP; the code of the page docs/how-to/http-backends.md. */
final class Shipping {
    // tag::order
    /** What became of an order. */
    enum Order {
        PLACED,
        REFUSED,
        NOT_SENT,
        UNKNOWN
    }
    // end::order

    private final HttpBackend shipping;

    Shipping(URI address, Path tokenFile) {
        // tag::settings
        HttpSettings settings = HttpSettings.at("shipping", address)
                .credentials(Credentials.bearer(SecretSource.file(tokenFile)))
                .limits(limits -> limits.connect(Duration.ofSeconds(1)).response(Duration.ofSeconds(5)))
                .connections(16);
        // end::settings
        // tag::backend
        shipping = HttpBackend.with(settings)
                .probe(HttpProbe.get("/orders?limit=1")) // expects JSON with a status of 200 to 299
                .dependency(DependencyBuilder::optional) // the service is ready without it
                .build();
        // end::backend
    }

    // tag::plain
    /** A probe of a backend that answers {@code OK} as plain text. */
    static HttpProbe plainProbe() {
        return HttpProbe.get("/status").expecting(reply -> {
            if (!reply.isSuccess() || !reply.text().strip().equals("OK")) {
                throw new UnexpectedReplyException(
                        reply, FailureKind.HTTP_ERROR, "answered " + reply.status() + " instead of OK");
            }
        });
    }
    // end::plain

    HttpBackend backend() {
        return shipping;
    }

    // tag::get
    String track(String order) throws HttpCallException {
        HttpReply reply = shipping.send(
                HttpCall.get("/track").query("order", order).repeatable().expecting(ReplyCheck.json()));
        return reply.text();
    }
    // end::get

    // tag::post
    Order place(String order) {
        try {
            HttpReply reply = shipping.send(HttpCall.post("/orders").json(order));
            return reply.isSuccess() ? Order.PLACED : Order.REFUSED;
        } catch (MooringException | NotSentException notSent) {
            return Order.NOT_SENT; // send it later
        } catch (OutcomeUnknownException unknown) {
            return Order.UNKNOWN; // ask before you send it again
        } catch (HttpCallException unexpected) {
            throw new IllegalStateException(unexpected); // a call without a check has no such end
        }
    }
    // end::post

    // tag::streams
    void upload(InputStream label, long length) throws IOException {
        try (StreamedReply reply = shipping.stream(HttpCall.put("/labels/7"), label, length)) {
            if (reply.status() != 201) {
                throw new IOException("the label was not taken: status " + reply.status());
            }
        }
    }

    void download(OutputStream target) throws IOException {
        try (StreamedReply reply = shipping.stream(HttpCall.get("/labels/7"))) {
            reply.body().transferTo(target);
        }
    }
    // end::streams
}

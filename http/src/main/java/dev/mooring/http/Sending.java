package dev.mooring.http;

import dev.mooring.breaker.MooringException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * All attempts of one call. It remembers whether the outcome of one is unknown: then the outcome of the call is, however the last one ended.
 * One thread uses it.
 */
final class Sending implements Callable<HttpReply> {
    private final Exchange exchange;
    private final HttpCall call;
    private @Nullable OutcomeUnknownException unknown;

    Sending(Exchange exchange, HttpCall call) {
        this.exchange = exchange;
        this.call = call;
    }

    @Override
    public HttpReply call() throws HttpCallException, BackendFault {
        try {
            return exchange.attempt(call);
        } catch (OutcomeUnknownException ended) {
            unknown = ended;
            throw ended;
        }
    }

    /** The end of the call, when the last attempt threw this. */
    HttpCallException ended(NotSentException last) {
        return unknown == null ? last : with(unknown, last);
    }

    /** The same, when Mooring refused the last attempt. Without an earlier one the refusal stands. */
    HttpCallException ended(MooringException refusal) throws MooringException {
        if (unknown == null) {
            throw refusal;
        }
        return with(unknown, refusal);
    }

    private static OutcomeUnknownException with(OutcomeUnknownException before, Exception last) {
        before.addSuppressed(last);
        return before;
    }
}

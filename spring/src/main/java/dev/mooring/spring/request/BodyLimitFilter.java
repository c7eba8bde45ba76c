package dev.mooring.spring.request;

import dev.mooring.spring.environment.ByteSize;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.spring.problem.ProblemWriter;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Refuses a body that is too large: at once if its {@code Content-Length} says so, otherwise when the application has read more
 * than the limit.
 */
final class BodyLimitFilter implements Filter {
    private final ByteSize most;
    private final Duration usual;
    private final OwnLimits own;

    /** @param usual the time that a body has, also that of a request that may take longer */
    BodyLimitFilter(ByteSize most, Duration usual, OwnLimits own) {
        this.most = most;
        this.usual = usual;
        this.own = own;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest incoming = (HttpServletRequest) request;
        if (own.of(incoming).filter(RequestLimit::streamed).isPresent()) {
            chain.doFilter(request, response);
            return;
        }
        if (incoming.getContentLengthLong() > most.bytes()) {
            ProblemWriter.write(incoming, (HttpServletResponse) response, LimitedBody.tooLarge(most));
            return;
        }
        try {
            chain.doFilter(new LimitedBody(incoming, most, time()), response);
        } catch (ProblemException refused) {
            ProblemWriter.write(incoming, (HttpServletResponse) response, refused.problem());
        }
    }

    /** The nearer of the usual deadline and that of the request; none where the request has none. */
    private Optional<Deadline> time() {
        return Deadline.current().map(whole -> {
            Deadline body = Deadline.in(usual, Time.system());
            return whole.left().compareTo(usual) < 0 ? whole : body;
        });
    }
}

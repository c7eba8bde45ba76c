package dev.mooring.spring.request;

import dev.mooring.spring.environment.ByteSize;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.spring.problem.ProblemWriter;
import dev.mooring.time.Deadline;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Refuses a body that is too large: at once if its {@code Content-Length} says so, otherwise when the application has read more
 * than the limit.
 */
final class BodyLimitFilter implements Filter {
    private final ByteSize most;

    BodyLimitFilter(ByteSize most) {
        this.most = most;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest incoming = (HttpServletRequest) request;
        if (incoming.getContentLengthLong() > most.bytes()) {
            ProblemWriter.write(incoming, (HttpServletResponse) response, LimitedBody.tooLarge(most));
            return;
        }
        try {
            chain.doFilter(new LimitedBody(incoming, most, Deadline.current()), response);
        } catch (ProblemException refused) {
            ProblemWriter.write(incoming, (HttpServletResponse) response, refused.problem());
        }
    }
}

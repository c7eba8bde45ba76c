package dev.mooring.spring.tomcat;

import dev.mooring.spring.request.ReadLimit;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Copies the {@link ReadLimit} from Tomcat's internal request to an attribute of the servlet request, where filters find it.
 */
final class ReadLimitValve extends ValveBase {
    ReadLimitValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getCoyoteRequest().getNote(BoundedProcessor.NOTE) instanceof ReadLimit limit) {
            request.setAttribute(ReadLimit.ATTRIBUTE, limit);
        }
        getNext().invoke(request, response);
    }
}

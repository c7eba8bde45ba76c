package dev.mooring.spring.tomcat;

import dev.mooring.spring.request.ClientConnection;
import dev.mooring.spring.request.ReadLimit;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Copies the {@link ReadLimit} and the {@link ClientConnection} from Tomcat's internal request to attributes of the servlet request, where
 * filters and controllers find them.
 */
final class ReadLimitValve extends ValveBase {
    ReadLimitValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getCoyoteRequest().getNote(BoundedProcessor.NOTE) instanceof BoundedProcessor processor) {
            request.setAttribute(ReadLimit.ATTRIBUTE, processor);
            request.setAttribute(ClientConnection.ATTRIBUTE, processor);
            processor.begun();
        }
        getNext().invoke(request, response);
    }
}

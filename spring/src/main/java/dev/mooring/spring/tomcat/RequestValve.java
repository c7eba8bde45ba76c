package dev.mooring.spring.tomcat;

import dev.mooring.spring.request.AnswerLimit;
import dev.mooring.spring.request.ClientConnection;
import dev.mooring.spring.request.IdleLimit;
import dev.mooring.spring.request.ManagementPaths;
import dev.mooring.spring.request.ReadLimit;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Begins a request: copies {@link ReadLimit}, {@link IdleLimit}, {@link AnswerLimit} and {@link ClientConnection} from Tomcat's internal
 * request to attributes of the servlet request, where filters, controllers and handlers find them, and closes the connection after the
 * request if its client sends too many requests ahead.
 */
final class RequestValve extends ValveBase {
    RequestValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getCoyoteRequest().getNote(BoundedProcessor.NOTE) instanceof BoundedProcessor processor) {
            request.setAttribute(ReadLimit.ATTRIBUTE, processor);
            request.setAttribute(IdleLimit.ATTRIBUTE, processor);
            request.setAttribute(AnswerLimit.ATTRIBUTE, processor);
            request.setAttribute(ClientConnection.ATTRIBUTE, processor);
            if (processor.isForManagement()) {
                request.setAttribute(ManagementPaths.ATTRIBUTE, true);
            }
            if (processor.begun()) {
                response.setHeader("Connection", "close");
            }
        }
        getNext().invoke(request, response);
    }
}

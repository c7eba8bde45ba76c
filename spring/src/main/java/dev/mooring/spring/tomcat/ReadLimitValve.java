package dev.mooring.spring.tomcat;

import dev.mooring.spring.request.ClientConnection;
import dev.mooring.spring.request.IdleLimit;
import dev.mooring.spring.request.ReadLimit;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Copies {@link ReadLimit}, {@link IdleLimit} and {@link ClientConnection} from Tomcat's internal request to attributes of the servlet
 * request, where filters, controllers and handlers find them.
 */
final class ReadLimitValve extends ValveBase {
    ReadLimitValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (!(request.getCoyoteRequest().getNote(BoundedProcessor.NOTE) instanceof BoundedProcessor processor)) {
            getNext().invoke(request, response);
            return;
        }
        request.setAttribute(ReadLimit.ATTRIBUTE, processor);
        request.setAttribute(IdleLimit.ATTRIBUTE, processor);
        request.setAttribute(ClientConnection.ATTRIBUTE, processor);
        processor.begun();
        try {
            getNext().invoke(request, response);
        } finally {
            processor.endIdleLimit();
        }
    }
}

package dev.mooring.spring.problem;

import java.io.IOException;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests that Tomcat refuses before they reach the application, such as an address with an encoded slash. Tomcat
 * instantiates it by its class name.
 */
public final class ProblemReportValve extends ErrorReportValve {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.spring.problem");

    @Override
    protected void report(Request request, Response response, @Nullable Throwable error) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        if (error != null && status >= 500 && !ClientMistakes.isBehind(error)) {
            LOG.error("A request failed outside of the application: {}", error.toString(), error);
        }
        try {
            ProblemWriter.write(request, response, StatusProblem.of(status), forms());
        } catch (IOException clientWentAway) {
            response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, clientWentAway);
        }
    }

    /** The forms of the only application of this host: Tomcat may refuse a request before it maps it to an application. */
    private ErrorForms forms() {
        for (Container child : getContainer().findChildren()) {
            if (child instanceof Context application) {
                return ErrorForms.in(application.getServletContext());
            }
        }
        return ErrorForms.none();
    }
}

package dev.mooring.registry.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.HttpRequestHandler;

/** Passes the calls below MLflow's paths on to the MLflow server. Thread-safe. */
final class Gateway implements HttpRequestHandler {
    private final ReadCalls reads;
    private final WriteCalls writes;
    private final Artifacts artifacts;
    private final PlainCalls others;

    Gateway(ReadCalls reads, WriteCalls writes, Artifacts artifacts, PlainCalls others) {
        this.reads = reads;
        this.writes = writes;
        this.artifacts = artifacts;
        this.others = others;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Incoming.checkMethod(request, response);
        Incoming incoming = Incoming.of(request);
        switch (incoming.call().area()) {
            case REGISTRY -> registry(incoming, response);
            case ARTIFACTS -> artifacts.forward(incoming, response);
            case TRACKING, OTHER -> others.forward(incoming, response);
        }
    }

    private void registry(Incoming incoming, HttpServletResponse response) throws IOException {
        RegistryCall seen = incoming.seen(incoming.request().getInputStream().readAllBytes());
        if (seen.isRead()) {
            reads.forward(incoming, seen, response);
        } else {
            writes.forward(incoming, seen, response);
        }
    }
}

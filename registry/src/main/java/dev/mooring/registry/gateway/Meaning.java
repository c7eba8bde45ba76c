package dev.mooring.registry.gateway;

import dev.mooring.failure.FailureKind;
import dev.mooring.http.HttpReply;
import dev.mooring.registry.backend.MlflowReply;
import dev.mooring.registry.gateway.AwayException.Reach;
import dev.mooring.registry.mlflow.Area;
import dev.mooring.registry.mlflow.MlflowCall;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;

/** Tells apart what MLflow answers to the client, and what only says that MLflow does not work, or that another server answers in its place. */
final class Meaning {
    /** MLflow, or a proxy before it, does not know this service. */
    private static final Set<Integer> UNAUTHENTICATED = Set.of(401, 407);

    private static final int FORBIDDEN = 403;
    private static final int NOT_MODIFIED = 304;
    private static final Set<Integer> WITHOUT_BODY = Set.of(204, NOT_MODIFIED);
    private static final Set<Integer> AWAY = Set.of(502, 503, 504);

    private Meaning() {}

    /**
     * Looks at the head of an answer. A 401 or 407 concerns this service's credentials and not the client's. What an endpoint of the protocol answers
     * is JSON, errors too; so something else comes from a proxy, or from MLflow's check of the header Host.
     *
     * @throws AwayException it says that MLflow does not work
     */
    static void check(MlflowCall call, int status, HttpHeaders headers) throws AwayException {
        boolean isJson = headers.firstValue("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).contains("json"))
                .isPresent();
        if (AWAY.contains(status)) {
            throw away(status, Reach.UNKNOWN);
        }
        if (UNAUTHENTICATED.contains(status) || (status == FORBIDDEN && !isJson)) {
            throw away(status, Reach.REFUSED);
        }
        if (!isJson && speaksJson(call) && !isRedirect(status) && !WITHOUT_BODY.contains(status)) {
            throw away(status, Reach.UNKNOWN);
        }
    }

    /**
     * Looks at a whole answer on the registry.
     *
     * @throws AwayException it says that MLflow's pool of connections ran dry
     */
    static void check(HttpReply whole) throws AwayException {
        if (whole.status() == 400
                && MlflowReply.of(whole).isError("BAD_REQUEST")
                && MlflowReply.of(whole).trouble().kind() == FailureKind.TOO_MANY_CONNECTIONS) {
            throw away(whole.status(), Reach.REFUSED);
        }
    }

    private static AwayException away(int status, Reach reach) {
        return new AwayException(reach == Reach.UNKNOWN ? Away.perhapsDone(status) : Away.answered(status), reach);
    }

    private static boolean speaksJson(MlflowCall call) {
        Area area = call.area();
        return (area == Area.REGISTRY || area == Area.TRACKING)
                && call.endpoint().isPresent()
                && !call.method().equals("HEAD");
    }

    /** Whether an answer with this status leads to another address. */
    static boolean isRedirect(int status) {
        return status >= 300 && status < 400 && status != NOT_MODIFIED;
    }
}

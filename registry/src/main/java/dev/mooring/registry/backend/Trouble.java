package dev.mooring.registry.backend;

import dev.mooring.failure.FailureKind;
import dev.mooring.probe.Finding;
import java.util.Locale;

/** Tells apart why an MLflow server does not do its work, or why what answers is no MLflow server. No message holds MLflow's own words. */
final class Trouble {
    private static final String ADDRESS = "MLFLOW_TRACKING_URI";

    private Trouble() {}

    static Finding behind(MlflowReply reply) {
        if (reply.errorCode().isPresent()) {
            return saidByMlflow(reply, reply.errorCode().get());
        }
        int status = reply.status();
        if (status == 401) {
            return refusedLogIn("answers 401");
        }
        if (status == 403) {
            return foreign403(reply);
        }
        if (status >= 500 || status == 429 || status == 408) {
            return new Finding(
                    FailureKind.HTTP_ERROR,
                    "answers " + status + " with " + reply.contentType()
                            + ": MLflow or a proxy before it does not work");
        }
        if (status == 413) {
            return new Finding(
                    FailureKind.HTTP_ERROR,
                    "answers 413: a proxy before it refuses bodies of that size; raise its limit (nginx: client_max_body_size)");
        }
        if (status >= 300 && status < 400) {
            return noMlflow("redirects with " + status
                    + reply.location().map(to -> " to " + to).orElse("") + "; set the address that it leads to");
        }
        return noMlflow("answers " + status + " with " + reply.contentType());
    }

    private static Finding saidByMlflow(MlflowReply reply, String code) {
        return switch (code) {
            case "BAD_REQUEST" ->
                isPoolDry(reply.errorMessage())
                        ? new Finding(
                                FailureKind.TOO_MANY_CONNECTIONS,
                                "answers BAD_REQUEST because its pool of database connections ran dry: raise"
                                        + " MLFLOW_SQLALCHEMYSTORE_POOL_SIZE of the MLflow server, or lower MLFLOW_MAX_CONNECTIONS here")
                        : new Finding(
                                FailureKind.HTTP_ERROR,
                                "answers BAD_REQUEST, which is how MLflow reports an error of its database: check MLflow's log");
            case "TEMPORARILY_UNAVAILABLE" ->
                new Finding(
                        FailureKind.HTTP_ERROR,
                        "answers TEMPORARILY_UNAVAILABLE: check the database of the MLflow server");
            case "UNAUTHENTICATED" -> refusedLogIn("answers UNAUTHENTICATED");
            case "PERMISSION_DENIED" ->
                new Finding(
                        FailureKind.PERMISSION_DENIED,
                        "answers PERMISSION_DENIED: give the user of MLFLOW_TRACKING_USERNAME or MLFLOW_TRACKING_TOKEN the right to"
                                + " register versions; MLflow also refuses so a source outside of the artifacts of its run");
            case "RESOURCE_DOES_NOT_EXIST" ->
                new Finding(
                        FailureKind.HTTP_ERROR,
                        "answers RESOURCE_DOES_NOT_EXIST: it does not have what a call names, such as its run; make that in MLflow");
            case "ENDPOINT_NOT_FOUND", "NOT_IMPLEMENTED" ->
                new Finding(
                        FailureKind.PROTOCOL_ERROR,
                        "answers " + code + ": the server has no model registry, or is older than 2.0");
            default -> new Finding(FailureKind.HTTP_ERROR, "answers " + reply.status() + " " + known(code));
        };
    }

    /** MLflow checks the header Host against a list, and answers 403 as plain text. Its log-in answers 403 as plain text too. */
    private static Finding foreign403(MlflowReply reply) {
        String text = reply.foreignText().toLowerCase(Locale.ROOT);
        return text.contains("host")
                ? new Finding(
                        FailureKind.HOST_NOT_ALLOWED,
                        "answers 403 because the host in " + ADDRESS
                                + " is not among its allowed hosts: start MLflow with --allowed-hosts (or"
                                + " MLFLOW_SERVER_ALLOWED_HOSTS) that name it")
                : new Finding(
                        FailureKind.PERMISSION_DENIED,
                        "answers 403 with " + reply.contentType()
                                + ": give the user of MLFLOW_TRACKING_USERNAME or MLFLOW_TRACKING_TOKEN the rights, or let this"
                                + " service through the proxy before MLflow");
    }

    private static Finding refusedLogIn(String how) {
        return new Finding(
                FailureKind.AUTHENTICATION_FAILED,
                how + ": set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD");
    }

    /** What answers is no MLflow server. */
    static Finding noMlflow(String what) {
        return new Finding(
                FailureKind.PROTOCOL_ERROR,
                what + ": this is not MLflow's API; check host, port and path in " + ADDRESS);
    }

    private static boolean isPoolDry(String message) {
        return message.contains("QueuePool limit")
                || message.contains("too many clients")
                || message.contains("TimeoutError");
    }

    /** Codes are words of capitals; anything else is not repeated. */
    private static String known(String code) {
        return code.matches("[A-Z_]{1,60}") ? code : "an unknown error code";
    }
}

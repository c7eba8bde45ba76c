package dev.mooring.registry.differential;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The differences between MLflow and our registry that stay, each with its reason.
 *
 * <p>Some more are such that the two registries would hold different models afterwards, so no random call shows them. MLflow makes a version
 * with an unknown {@code model_id} and then answers 404; ours answers 404 and makes none. MLflow refuses the content type
 * {@code APPLICATION/JSON}, although case does not count there; ours takes it. MLflow reads {@code %2F} in a path as a slash; ours refuses
 * it. MLflow takes names that people cannot tell apart, such as one with a space or an invisible character at its end, and a body in another
 * charset than UTF-8; ours refuses both. MLflow reads the JSON of a DELETE that calls itself a form, and overlooks an unknown charset; ours refuses both. MLflow hides every version of
 * a model of which one version is a prompt; ours hides the prompt only. MLflow ignores the order of a search whose {@code max_results} begins with a space; ours reads the number.
 */
enum KnownDifference {
    /** MLflow fails where a client made the mistake. Ours says so, and a client that reads 400 does not repeat the call. */
    MISTAKE_IS_NOT_500 {
        @Override
        boolean explains(Call call, Answer real, Answer ours) {
            return real.status() == 500 && isRefusal(ours);
        }
    },
    /** MLflow passes on what its database says, SQL included, as BAD_REQUEST. Ours names the parameter. */
    NO_SQL {
        @Override
        boolean explains(Call call, Answer real, Answer ours) {
            return says(real, "BAD_REQUEST") && (isRefusal(ours) || says(ours, "RESOURCE_DOES_NOT_EXIST"));
        }
    },
    /** Of two mistakes in one call, MLflow finds a text that its database cannot hold last, and ours finds it first. */
    TEXT_IS_CHECKED_FIRST {
        private static final Pattern TOO_LONG = Pattern.compile("\\p{L}{32,}|\\\\u0000");

        @Override
        boolean explains(Call call, Answer real, Answer ours) {
            return TOO_LONG.matcher(call.body().orElse("")).find()
                    && real.isError()
                    && real.errorCode().isPresent()
                    && isRefusal(ours);
        }
    },
    /** MLflow answers an unknown path or a wrong method with a page. Ours answers every call in MLflow's form, with the same status. */
    NO_HTML {
        private static final Set<Integer> PAGES = Set.of(404, 405);

        @Override
        boolean explains(Call call, Answer real, Answer ours) {
            return real.json().isEmpty()
                    && PAGES.contains(real.status())
                    && ours.status() == real.status()
                    && ours.errorCode().isPresent();
        }
    },
    /** MLflow redirects a path with two slashes in a row, and clients drop the body of a redirected POST. Ours knows no such path. */
    NO_REDIRECT {
        @Override
        boolean explains(Call call, Answer real, Answer ours) {
            return real.status() == 308
                    && ours.status() == 404
                    && ours.errorCode().isPresent();
        }
    },
    /** A negative number of rows is a mistake. MLflow answers an empty page with the token of the same page, on which a client turns in circles. */
    NO_NEGATIVE_PAGE {
        @Override
        boolean explains(Call call, Answer real, Answer ours) {
            return call.target().contains("max_results=-") && isRefusal(ours);
        }
    },
    /** MLflow overlooks an AND at the beginning or the end, and a tag without a key. Ours refuses the filter, of which a part may be missing. */
    NO_HALF_FILTER {
        private static final Pattern HALF = Pattern.compile("filter=AND[+%]|\\+AND(&|$|\\+AND)|tags?\\.\\+");

        @Override
        boolean explains(Call call, Answer real, Answer ours) {
            return real.status() == 200 && HALF.matcher(call.target()).find() && isRefusal(ours);
        }
    },
    /** What MLflow says of its tracking server; a registry alone has none of it. */
    NO_TRACKING {
        @Override
        boolean explains(Call call, Answer real, Answer ours) {
            return call.path().endsWith("/server-info")
                    && real.json()
                            .map(info -> info.path("workspaces_enabled"))
                            .equals(ours.json().map(info -> info.path("workspaces_enabled")));
        }
    };

    /** Whether this is the reason why the two answers differ. */
    abstract boolean explains(Call call, Answer real, Answer ours);

    static Optional<KnownDifference> of(Call call, Answer real, Answer ours) {
        return Arrays.stream(values())
                .filter(known -> known.explains(call, real, ours))
                .findFirst();
    }

    private static boolean isRefusal(Answer ours) {
        return ours.status() == 400 && (says(ours, "INVALID_PARAMETER_VALUE") || says(ours, "BAD_REQUEST"));
    }

    private static boolean says(Answer answer, String code) {
        return answer.errorCode().filter(code::equals).isPresent();
    }
}

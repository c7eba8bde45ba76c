package dev.mooring.registry.differential;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The differences between MLflow and our registry that stay, each with its reason. */
enum KnownDifference {
    /** MLflow fails where a client made the mistake. Ours says so, and a client that reads 400 does not repeat the call. */
    MISTAKE_IS_NOT_500 {
        @Override
        boolean explains(Call call, Answer real, Answer ours) {
            return real.status() == 500 && ours.status() == 400 && says(ours, "INVALID_PARAMETER_VALUE");
        }
    },
    /** MLflow passes on what its database says, SQL included, as BAD_REQUEST. Ours names the field that is too long. */
    NO_SQL {
        @Override
        boolean explains(Call call, Answer real, Answer ours) {
            return real.status() == 400
                    && says(real, "BAD_REQUEST")
                    && ours.status() == 400
                    && says(ours, "INVALID_PARAMETER_VALUE");
        }
    },
    /** MLflow answers an unknown path or a wrong method with a page. Ours answers every call in MLflow's form, with the same status. */
    NO_HTML {
        private final Set<Integer> pages = Set.of(404, 405);

        @Override
        boolean explains(Call call, Answer real, Answer ours) {
            return real.json().isEmpty()
                    && pages.contains(real.status())
                    && ours.status() == real.status()
                    && ours.errorCode().isPresent();
        }
    };

    /** Whether this is the reason why the two answers differ. */
    abstract boolean explains(Call call, Answer real, Answer ours);

    static Optional<KnownDifference> of(Call call, Answer real, Answer ours) {
        return Arrays.stream(values())
                .filter(known -> known.explains(call, real, ours))
                .findFirst();
    }

    private static boolean says(Answer answer, String code) {
        return answer.errorCode().filter(code::equals).isPresent();
    }
}

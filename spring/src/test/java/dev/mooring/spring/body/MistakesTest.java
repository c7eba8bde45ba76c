package dev.mooring.spring.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mooring.spring.problem.FieldProblem;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MistakesTest {
    private final Mistakes mistakes = new Mistakes();

    @Test
    void severalMistakes_ofOneField_areOneEntryWithTheFirst() {
        mistakes.add("name", "is required");
        mistakes.addIf("name", "must not be blank");
        mistakes.addIf("limit", null);

        assertThat(refused().errors()).containsExactly(new FieldProblem("name", "is required"));
    }

    @Test
    void moreThan50Fields_areCountedAndNotListed() {
        IntStream.range(0, 60).forEach(i -> mistakes.add("f" + i, "is not known"));
        mistakes.add("f0", "is not known");

        assertThat(refused().errors())
                .hasSize(51)
                .last()
                .isEqualTo(new FieldProblem("", "and 10 more mistakes that are not listed"));
    }

    @Test
    void noMistakes_refuseNothing() {
        mistakes.refuseIfAny();

        assertThat(mistakes.fields()).isEmpty();
    }

    private Problem refused() {
        return catchThrowableOfType(ProblemException.class, mistakes::refuseIfAny)
                .problem();
    }
}

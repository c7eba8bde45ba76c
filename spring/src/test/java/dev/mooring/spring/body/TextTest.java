package dev.mooring.spring.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void length_isCountedInUnicodeCharacters() {
        assertThat(Text.objectionTo("🚢🚢", 2)).isNull();
        assertThat(Text.objectionTo("🚢🚢🚢", 2)).isEqualTo("is 3 characters long; at most 2 are accepted");
    }

    @Test
    void blankText_isRefusedOnlyWhereATextIsNeeded() {
        assertThat(Text.objectionTo(" ", 2)).isEqualTo("must not be blank");
        assertThat(Text.objectionToFree(" ", 2)).isNull();
        assertThat(Text.objectionToFree("", 2)).isNull();
    }

    @Test
    void characters_thatPostgresCannotStore_areRefused() {
        assertThat(Text.objectionToFree("a\0", 2)).startsWith("holds a NUL character");
        assertThat(Text.objectionToFree("a\ud83d", 2)).startsWith("holds half a character");
    }

    @Test
    void uuid_isReadFromItsText_andFromNoOther() {
        UUID id = UUID.randomUUID();

        assertThat(Text.uuid(id.toString())).hasValue(id);
        assertThat(Text.uuid("id")).isEmpty();
        assertThat(Text.uuid("")).isEmpty();
    }
}

package dev.mooring.operations.configuration;

import dev.mooring.settings.Secret;
import dev.mooring.spring.body.Text;
import java.util.Optional;

/** The value of one setting at this start, in the form in which starts are compared. */
sealed interface Value {
    /** What the table holds of a setting without a value. */
    String NOTHING = "";

    /** Where the value comes from, for people. */
    String origin();

    /** Whether the value is the remembered one. */
    boolean isStill(String remembered);

    /** What the table holds of the value until the next start. */
    String remember();

    /** How the value differs from the remembered one, for people. */
    String change(String remembered);

    /** The value, for people. */
    String shown();

    /** A value that people may see. */
    record Plain(String text, String origin) implements Value {
        private static final int LONGEST_SHOWN = 1_000;

        @Override
        public boolean isStill(String remembered) {
            return text.equals(remembered);
        }

        @Override
        public String remember() {
            return text;
        }

        @Override
        public String change(String remembered) {
            return quoted(remembered) + " → " + shown();
        }

        @Override
        public String shown() {
            return quoted(text);
        }

        private static String quoted(String text) {
            if (text.equals(NOTHING)) {
                return "not set";
            }
            int length = Text.length(text);
            return length <= LONGEST_SHOWN
                    ? "\"" + text + "\""
                    : "\"" + text.substring(0, text.offsetByCodePoints(0, LONGEST_SHOWN)) + "\"... (" + length
                            + " characters)";
        }
    }

    /** A secret. People see only whether it is set and whether it changed. */
    record Hidden(Optional<Secret> secret, String origin) implements Value {
        @Override
        public boolean isStill(String remembered) {
            return secret.isEmpty()
                    ? remembered.equals(NOTHING)
                    : Fingerprint.read(remembered)
                            .filter(known -> known.isOf(secret.get()))
                            .isPresent();
        }

        @Override
        public String remember() {
            return secret.map(Fingerprint::of).map(Fingerprint::toString).orElse(NOTHING);
        }

        @Override
        public String change(String remembered) {
            return remembered.equals(NOTHING) ? "not set → set" : secret.isPresent() ? "changed" : "set → not set";
        }

        @Override
        public String shown() {
            return secret.isPresent() ? "set" : "not set";
        }
    }
}

package dev.mooring.operations.configuration;

import dev.mooring.settings.Secret;
import java.util.Optional;

/** What one setting is at this start, so far as it is compared. */
sealed interface Value {
    /** What is remembered of a setting that has no value. */
    String NOTHING = "";

    /** Where it comes from, for people. */
    String origin();

    /** Whether it is what was remembered. */
    boolean isStill(String remembered);

    /** What is remembered of it until the next start. */
    String remember();

    /** What became of what was remembered, for people. */
    String change(String remembered);

    /** Its value, for people. */
    String shown();

    /** One that may be seen. */
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
            return "was " + quoted(remembered) + ", is " + shown();
        }

        @Override
        public String shown() {
            return quoted(text);
        }

        private static String quoted(String text) {
            if (text.equals(NOTHING)) {
                return "not set";
            }
            return text.length() <= LONGEST_SHOWN
                    ? "\"" + text + "\""
                    : "\"" + text.substring(0, LONGEST_SHOWN) + "\"... (" + text.length() + " characters)";
        }
    }

    /** One that may not. */
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
            return remembered.equals(NOTHING)
                    ? "was not set, is set"
                    : secret.isPresent() ? "was changed" : "was set, is not set";
        }

        @Override
        public String shown() {
            return secret.isPresent() ? "set" : "not set";
        }
    }
}

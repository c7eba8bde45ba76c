package dev.mooring.registry.local;

import dev.mooring.registry.mlflow.MlflowErrorCode;
import dev.mooring.registry.mlflow.MlflowException;
import dev.mooring.registry.mlflow.Parameters;
import dev.mooring.registry.store.Alias;
import dev.mooring.registry.store.ModelName;
import dev.mooring.registry.store.Stage;
import dev.mooring.registry.store.TagLimits;
import dev.mooring.spring.body.Text;
import java.math.BigInteger;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads parameters that many calls have, with MLflow's rules for them. Lengths count Unicode characters. */
final class Given {
    private static final int LONGEST_DESCRIPTION = 5_000;
    private static final int LONGEST_KEY = 250;
    /** Of any tag; what a table keeps may be less. */
    private static final int LONGEST_VALUE = 100_000;

    private static final Pattern BLANK = Pattern.compile("\\s*", Pattern.UNICODE_CHARACTER_CLASS);
    /** MLflow's own pattern overlooks a line feed at the end. */
    private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{N}_ /.:-]+\\n?");
    /** As Python reads an integer. */
    private static final Pattern WHOLE =
            Pattern.compile("\\s*([+-]?\\d+(?:_\\d+)*)\\s*", Pattern.UNICODE_CHARACTER_CLASS);

    /** Of its text, as Python bounds it too. */
    private static final int LONGEST_WHOLE = 1_000;

    private static final BigInteger LARGEST = BigInteger.valueOf(Integer.MAX_VALUE);

    private Given() {}

    /** The name of a model, as older servers allow it: with {@code /} and {@code :} too. */
    static String anyModel(Parameters parameters, String parameter) {
        return notBlank(parameter, parameters.required(parameter));
    }

    /** The name of a model. */
    static String model(Parameters parameters, String parameter) {
        String name = parameters.required(parameter);
        checkModel(parameter, name);
        return name;
    }

    /** Refuses a name that no model may have. */
    static void checkModel(String parameter, String given) {
        String name = notBlank(parameter, given);
        if (name.indexOf('/') >= 0 || name.indexOf(':') >= 0 || name.equals(".") || name.startsWith("..")) {
            throw MlflowException.invalid(
                    "The name of a model must not be . or begin with .., and must not hold / or :," + " unlike '"
                            + Text.shown(name) + "'.");
        }
    }

    private static String notBlank(String parameter, String name) {
        if (BLANK.matcher(name).matches()) {
            throw MlflowException.invalid("Missing value for required parameter '" + parameter + "'.");
        }
        return name;
    }

    /** The name of a model that the call makes. */
    static String newModel(Parameters parameters, String parameter) {
        String name = atMost(ModelName.LONGEST, parameter, model(parameters, parameter));
        String objection = ModelName.objectionToLook(name);
        if (objection != null) {
            throw MlflowException.invalid("The name of a model " + objection + ".");
        }
        return name;
    }

    /** The number of a version; 0 if no version can have it. */
    static long version(Parameters parameters) {
        return version(parameters.required("version"));
    }

    /** The number that a text spells; 0 if no version can have it. */
    static long version(String text) {
        BigInteger number = whole(text)
                .orElseThrow(() -> MlflowException.invalid(
                        "The version must be a whole number, unlike '" + Text.shown(text) + "'."));
        return number.signum() > 0 && number.compareTo(LARGEST) <= 0 ? number.longValue() : 0;
    }

    /** The whole number that a text spells; empty if it spells none. */
    static Optional<BigInteger> whole(String text) {
        // A pattern with a repeated group needs a stack as deep as the text is long, and a number of a million digits
        // takes minutes.
        Matcher form = WHOLE.matcher(text.length() > LONGEST_WHOLE ? "" : text);
        return form.matches() ? Optional.of(new BigInteger(inAscii(form.group(1)))) : Optional.empty();
    }

    /** A number as Java reads it: with the digits 0 to 9 for those of any script, and without underscores. */
    private static String inAscii(String number) {
        StringBuilder ascii = new StringBuilder();
        number.codePoints()
                .filter(c -> c != '_')
                .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
                .forEach(ascii::appendCodePoint);
        return ascii.toString();
    }

    /** The description; null if it is absent. */
    static @Nullable String description(Parameters parameters) {
        String text = parameters.text("description");
        return text == null ? null : atMost(LONGEST_DESCRIPTION, "description", text);
    }

    /** The key of a tag to set. */
    static String key(Parameters parameters) {
        return checkedLength(checkedKey(parameters.required("key")));
    }

    /** The key of a tag to remove. */
    static String oldKey(Parameters parameters) {
        return checkedKey(parameters.required("key"));
    }

    /** The value of a tag. */
    static String value(Parameters parameters, int longest) {
        return checkedValue(parameters.textOrEmpty("value"), longest);
    }

    /** The tags of a new model or version. */
    static SortedMap<String, String> tags(Parameters parameters, int longestValue) {
        SortedMap<String, String> tags = parameters.tags("tags");
        checkTags(tags, longestValue);
        return tags;
    }

    /** Refuses tags that no model or version may have. */
    static void checkTags(SortedMap<String, String> tags, int longestValue) {
        if (!TagLimits.accept(tags)) {
            throw MlflowException.invalid("The tags are more than " + TagLimits.MOST + ", or hold more than "
                    + TagLimits.MOST_BYTES + " bytes in all; that is the most there may be.");
        }
        tags.forEach((key, value) -> {
            checkedLength(checkedKey(key));
            checkedValue(value, longestValue);
        });
    }

    private static String checkedKey(String key) {
        if (!KEY.matcher(key).matches() || !isPlainPath(key)) {
            throw MlflowException.invalid(
                    "The key of a tag may hold letters, digits, _, -, ., /, : and spaces, and must be a"
                            + " plain relative path, unlike '" + Text.shown(key) + "'.");
        }
        return key;
    }

    private static String checkedLength(String key) {
        if (Text.length(key) > LONGEST_KEY) {
            throw MlflowException.invalid("The key of a tag has " + Text.length(key) + " characters; at most "
                    + LONGEST_KEY + " are accepted.");
        }
        return key;
    }

    /** Whether a key stays as it is when a POSIX system normalizes it as a path, and does not lead out of its folder. */
    private static boolean isPlainPath(String key) {
        boolean plain = !key.startsWith("/") && !key.startsWith("..") && !key.endsWith("/") && !key.contains("//");
        return plain && Stream.of(key.split("/", -1)).noneMatch(part -> part.equals(".") || part.equals(".."));
    }

    private static String checkedValue(String value, int longest) {
        if (Text.length(value) > LONGEST_VALUE) {
            throw MlflowException.invalid("The value of a tag has " + Text.length(value) + " characters; at most "
                    + LONGEST_VALUE + " are accepted.");
        }
        return atMost(longest, "value", value);
    }

    /** An alias to read or to remove. */
    static Alias alias(Parameters parameters) {
        return alias(parameters.required("alias"), Alias::objectionTo);
    }

    /** An alias to set. */
    static Alias newAlias(Parameters parameters) {
        return alias(parameters.required("alias"), Alias::objectionToNew);
    }

    private static Alias alias(String text, Function<String, @Nullable String> objections) {
        String objection = objections.apply(text);
        if (objection != null) {
            throw MlflowException.invalid("The alias " + objection + ".");
        }
        return new Alias(text);
    }

    /** A stage. */
    static Stage stage(String text) {
        return Stage.of(text)
                .orElseThrow(() -> MlflowException.invalid(
                        "The stage must be None, Staging, Production or Archived, unlike '" + Text.shown(text) + "'."));
    }

    /** The text, if the tables of MLflow could keep it. Theirs answer a longer one with BAD_REQUEST. */
    static String atMost(int longest, String parameter, String text) {
        if (Text.length(text) > longest) {
            throw new MlflowException(
                    MlflowErrorCode.BAD_REQUEST,
                    "The parameter '" + parameter + "' has " + Text.length(text) + " characters; at most " + longest
                            + " are accepted.");
        }
        return text;
    }
}

package dev.mooring.settings;

import dev.mooring.settings.ValueType.Visibility;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads values from a source and reports what is wrong with them. */
final class SourceReader {
    private static final Pattern SERVICE_LINK = Pattern.compile("(tcp|udp|sctp)://.*");
    /** What the JVM puts in place of bytes that the encoding of its locale does not have. */
    private static final char REPLACEMENT = '\uFFFD';

    private final SettingSource source;
    private final Consumer<SettingProblem> problems;
    private final Consumer<String> warnings;

    SourceReader(SettingSource source, Consumer<SettingProblem> problems, Consumer<String> warnings) {
        this.source = source;
        this.problems = problems;
        this.warnings = warnings;
    }

    /**
     * The value in the source; empty when there is none. Also empty when the setting does not accept the value, which is recorded as a
     * problem.
     */
    <T> Optional<Resolved<T>> read(Setting<T> setting) {
        Optional<Found> found = found(setting);
        Optional<Found> file = setting.isSecret()
                ? source.find(setting.name().file())
                        .filter(path -> !path.value().isBlank())
                : Optional.empty();
        return file.isPresent()
                ? secretFromFile(setting, found, file.get())
                : found.flatMap(one -> value(setting, one));
    }

    private <T> Optional<Resolved<T>> value(Setting<T> setting, Found found) {
        if (found.value().indexOf(REPLACEMENT) >= 0) {
            String fileToo = setting.isSecret()
                    ? ", or put it into the file that " + setting.name().file() + " names"
                    : "";
            problem(
                    setting,
                    found.name()
                            + " holds characters that this process cannot decode; set LC_ALL to a UTF-8 locale, such as"
                            + " C.UTF-8" + fileToo);
            return Optional.empty();
        }
        String text = setting.isSecret() ? found.value() : found.value().strip();
        Optional<T> value = setting.isOff(text) ? Optional.empty() : setting.read(text);
        if (value.isEmpty() && !setting.isOff(text)) {
            String shown = shown(setting, text).map(SourceReader::is).orElse("cannot be used");
            problem(setting, found.name() + " " + shown + "; expected " + setting.accepts());
            return Optional.empty();
        }
        return Optional.of(new Resolved<>(value, true, found.name(), found.origin(), Optional.empty()));
    }

    @SuppressWarnings("unchecked") // only called for secrets, whose T is Secret
    private <T> Optional<Resolved<T>> secretFromFile(Setting<T> setting, Optional<Found> found, Found file) {
        if (found.isPresent()) {
            problem(setting, found.get().name() + " and " + file.name() + " are both set; expected one of them");
            return Optional.empty();
        }
        try {
            Path path = Path.of(file.value().strip());
            if (setting.read(SecretSource.file(path).current().reveal()).isEmpty()) {
                String expected = "; expected a file with " + setting.accepts();
                problem(setting, file.name() + " " + is(file.value()) + expected);
                return Optional.empty();
            }
            SecretSource secret =
                    new SecretFile(path, text -> setting.read(text).isPresent());
            Optional<T> value = Optional.of((T) secret.current());
            return Optional.of(new Resolved<>(value, true, file.name(), "file " + file.name(), Optional.of(secret)));
        } catch (IllegalArgumentException unreadable) {
            problem(setting, file.name() + " " + is(file.value()) + "; expected a readable file that is not empty");
            return Optional.empty();
        }
    }

    private Optional<Found> found(Setting<?> setting) {
        return Stream.concat(Stream.of(setting.name()), setting.aliases().stream())
                .flatMap(name -> source.find(name).stream())
                .filter(one -> !one.value().isBlank())
                .filter(one -> !isServiceLink(setting, one))
                .findFirst();
    }

    /** The part of a refused value that may be shown. A text with an {@code @} may be a URI with a password that stands in the wrong setting. */
    private static Optional<String> shown(Setting<?> setting, String refused) {
        return setting.type().visibility() == Visibility.PLAIN && refused.contains("@")
                ? Optional.empty()
                : setting.type().visibility().of(refused);
    }

    private boolean isServiceLink(Setting<?> setting, Found found) {
        boolean link = setting.name().variable().endsWith("PORT")
                && SERVICE_LINK.matcher(found.value()).matches();
        if (link) {
            warnings.accept(
                    found.name() + " " + is(found.value()) + ", which Kubernetes set for a Service of that name; it is"
                            + " treated as not set (enableServiceLinks: false in the pod's spec avoids it)");
        }
        return link;
    }

    private void problem(Setting<?> setting, String message) {
        problems.accept(new SettingProblem(setting.name().variable(), message));
    }

    private static String is(String value) {
        return "is " + Printable.quoted(value);
    }
}

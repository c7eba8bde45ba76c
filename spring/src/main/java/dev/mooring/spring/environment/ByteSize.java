package dev.mooring.spring.environment;

import dev.mooring.settings.ValueType;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of data.
 *
 * @param bytes 0 or more
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    /** The kind of a setting that is an amount of data: bytes without a unit, or {@code 512KB}, {@code 1MB}. */
    static final ValueType<ByteSize> TYPE = new ValueType<>(
            ByteSize.class,
            "a size",
            ", such as 512KB or 1MB",
            "bytes",
            ByteSize::parse,
            ByteSize::toString,
            ValueType.Visibility.PLAIN);

    private static final Pattern FORM = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)\\s*([KMGT]?)I?B?");
    private static final String UNITS = "KMGT";

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size must not be negative but is " + bytes);
        }
    }

    /** Reads {@code 1MB}, {@code 512KB}, {@code 1.5g} or plain bytes; the units are powers of 1024. */
    public static Optional<ByteSize> parse(String text) {
        Matcher form = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        int power = UNITS.indexOf(form.group(2)) + 1;
        BigDecimal bytes = new BigDecimal(form.group(1))
                .multiply(BigDecimal.valueOf(1L << (form.group(2).isEmpty() ? 0 : 10 * power)));
        return bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? Optional.empty()
                : Optional.of(new ByteSize(bytes.longValue()));
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The shortest exact form, such as {@code 1MB}. */
    @Override
    public String toString() {
        for (int power = UNITS.length(); power > 0; power--) {
            long unit = 1L << (10 * power);
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + UNITS.substring(power - 1, power) + "B";
            }
        }
        return bytes + "B";
    }
}

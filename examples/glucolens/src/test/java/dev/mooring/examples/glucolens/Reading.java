package dev.mooring.examples.glucolens;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A reading that a test sends, each with a time of its own. */
final class Reading {
    private static final AtomicLong SECONDS = new AtomicLong();

    private Reading() {}

    static String of(String patient, int mgPerDl) {
        return of(patient, Instant.parse("2026-01-01T00:00:00Z").plusSeconds(SECONDS.incrementAndGet()), mgPerDl);
    }

    static String of(String patient, Instant at, int mgPerDl) {
        return "{\"patient\":\"" + patient + "\",\"measured_at\":\"" + at + "\",\"mg_per_dl\":" + mgPerDl + "}";
    }
}

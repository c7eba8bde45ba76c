package dev.mooring.cli.doctor;

import dev.mooring.diagnosis.Examination;
import java.util.Optional;

/**
 * A dependency of the service, as the settings describe it.
 *
 * @param name its name
 * @param critical whether the service cannot work without it
 * @param examination how to examine it; empty where it is not configured
 * @param absent why there is nothing to examine, for people; empty where there is something
 */
record Examinee(String name, boolean critical, Optional<Examination> examination, String absent) {
    static Examinee of(String name, boolean critical, Examination examination) {
        return new Examinee(name, critical, Optional.of(examination), "");
    }

    static Examinee absent(String name, boolean critical, String why) {
        return new Examinee(name, critical, Optional.empty(), why);
    }
}

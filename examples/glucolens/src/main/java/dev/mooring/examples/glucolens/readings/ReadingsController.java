package dev.mooring.examples.glucolens.readings;

import dev.mooring.postgres.id.UuidV7;
import dev.mooring.spring.body.BodyReader;
import dev.mooring.spring.body.Mistakes;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Takes and shows readings. To send a reading again is safe: it is stored once. */
@RestController
class ReadingsController {
    private static final int LONGEST_PATIENT = 100;
    private static final int MOST = 100;
    private static final int HIGHEST = 2_000;

    private final ReadingTable table;

    ReadingsController(ReadingTable table) {
        this.table = table;
    }

    /** 201 for a new reading; 200 for one that was sent before; 409 where another value was measured at that time. */
    @PostMapping("/readings")
    ResponseEntity<Reading> store(@RequestBody(required = false) byte @Nullable [] body) {
        BodyReader reader = BodyReader.of(body, Set.of("patient", "measured_at", "mg_per_dl"));
        String patient = reader.required("patient", LONGEST_PATIENT);
        Instant measuredAt = time(reader);
        int value = value(reader);
        reader.mistakes().refuseIfAny();
        UUID id = UuidV7.at(System.currentTimeMillis());
        Reading stored = table.store(new Reading(id, patient, measuredAt, value));
        if (stored.mgPerDl() != value) {
            throw new ProblemException(Problem.of(
                    409,
                    "reading_differs",
                    "Another value is stored for this patient and time; a sensor measures once at a time."));
        }
        return ResponseEntity.status(stored.id().equals(id) ? HttpStatus.CREATED : HttpStatus.OK)
                .body(stored);
    }

    @GetMapping("/readings")
    ReadingList readings(@RequestParam(required = false) @Nullable String patient) {
        if (patient == null || patient.isBlank() || patient.length() > LONGEST_PATIENT) {
            Mistakes mistakes = new Mistakes();
            mistakes.add("patient", "must be the name of a patient, of at most " + LONGEST_PATIENT + " characters");
            mistakes.refuseIfAny();
        }
        List<Reading> newest = table.of(String.valueOf(patient), MOST);
        return new ReadingList(newest);
    }

    /** The database keeps microseconds. */
    private static Instant time(BodyReader reader) {
        String text = reader.required("measured_at", 40);
        try {
            return text.isEmpty() ? Instant.EPOCH : Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeParseException noTime) {
            reader.mistakes().add("measured_at", "must be a time such as 2026-01-01T08:00:00Z");
            return Instant.EPOCH;
        }
    }

    private static int value(BodyReader reader) {
        JsonNode node = reader.given("mg_per_dl");
        boolean accepted = node != null && node.isInt() && node.intValue() >= 1 && node.intValue() <= HIGHEST;
        if (node == null || !accepted) {
            reader.mistakes()
                    .add("mg_per_dl", node == null ? "is required" : "must be a whole number from 1 to " + HIGHEST);
            return 1;
        }
        return node.intValue();
    }
}

package dev.mooring.cli.doctor;

import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.operations.diagnosis.DiagnosisAnswer;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result as a JSON document.
 *
 * @param schemaVersion of the document
 * @param exitCode the exit code of the command
 * @param summary the result in one line
 * @param dependencies the diagnoses
 * @param notExamined the dependencies without one
 */
record Document(
        int schemaVersion,
        int exitCode,
        String summary,
        List<DiagnosisAnswer> dependencies,
        List<NotExamined> notExamined) {
    /** A dependency that was not examined, and why. */
    record NotExamined(String dependency, String reason) {}

    static Document of(Result result) {
        Stream<Examined> absent =
                result.examined().stream().filter(one -> one.diagnosis().isEmpty());
        return new Document(
                JsonDocument.SCHEMA_VERSION,
                result.exitCode(),
                result.summary(),
                result.examined().stream()
                        .flatMap(one -> one.diagnosis().stream())
                        .toList(),
                absent.map(one -> new NotExamined(one.name(), one.absent())).toList());
    }
}

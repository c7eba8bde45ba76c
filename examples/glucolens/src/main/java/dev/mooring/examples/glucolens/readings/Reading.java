package dev.mooring.examples.glucolens.readings;

import dev.mooring.spring.body.Answer;
import java.time.Instant;
import java.util.UUID;

/**
 * One reading of a sensor.
 *
 * @param id its id
 * @param patient whose it is
 * @param measuredAt when the sensor measured; with the patient, what tells it from other readings
 * @param mgPerDl the glucose in mg/dl
 */
@Answer
record Reading(UUID id, String patient, Instant measuredAt, int mgPerDl) {}

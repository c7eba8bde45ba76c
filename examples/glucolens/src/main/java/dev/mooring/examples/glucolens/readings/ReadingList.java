package dev.mooring.examples.glucolens.readings;

import dev.mooring.spring.body.Answer;
import java.util.List;

/** Readings of a patient, the newest first. */
@Answer
record ReadingList(List<Reading> readings) {}

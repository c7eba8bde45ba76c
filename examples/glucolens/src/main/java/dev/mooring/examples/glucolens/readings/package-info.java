/** Readings of glucose: what a sensor sends, and what a patient's doctor reads. Not: alerts and forecasts. */
@NullMarked
package dev.mooring.examples.glucolens.readings;

import org.jspecify.annotations.NullMarked;

package dev.mooring.examples.glucolens.readings;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What belongs to readings. */
@Configuration(proxyBeanMethods = false)
@Import({ReadingTable.class, ReadingsController.class})
public class ReadingsConfiguration {}

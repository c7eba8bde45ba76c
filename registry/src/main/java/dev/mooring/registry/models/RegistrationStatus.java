package dev.mooring.registry.models;

import dev.mooring.failure.Coded;

/** What became of a registration. */
public enum RegistrationStatus implements Coded {
    /** It is committed here and will be delivered to MLflow. */
    ACCEPTED,
    /** Its version exists. */
    REGISTERED,
    /** MLflow refused it for what it says. */
    REJECTED
}

package dev.mooring.diagnosis;

import java.util.List;
import java.util.Optional;

/** One examination of one dependency: its steps share what they find. An examination serves one diagnosis. */
public interface Examination extends AutoCloseable {
    /** What it examines, for people: address, database, user. It is public: it holds no secret. */
    String target();

    /** Where its connections go to, for the fields of a log line; empty where the target is all there is to say. */
    default Optional<Place> place() {
        return Optional.empty();
    }

    /** The steps in the order of their layers. */
    List<Step> steps();

    /** Ends all connections; the engine calls it once, and never waits for it long. */
    @Override
    void close();
}

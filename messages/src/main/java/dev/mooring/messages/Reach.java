package dev.mooring.messages;

import java.util.List;

/**
 * How many keys a batch has at most. Usually as many as messages, because keys are independent. While so many messages wait that a batch is
 * full of leading ones, it takes those of an eighth of the keys, each with seven behind it: only one message of a key must be made to lead
 * then, which is a third of the work. Not thread-safe.
 */
final class Reach {
    private static final int PART = 8;
    /** How many full batches of leading messages pass before it looks again whether lines are long, after they were not. */
    private static final int PATIENCE = 16;

    private final int batch;
    private boolean deep;
    private int patience;

    Reach(int batch) {
        this.batch = batch;
    }

    /** The most leading messages of the next batch. */
    int keys() {
        return deep ? batch / PART : batch;
    }

    /** Learns from the batch that a claim got. */
    void learn(List<Claimed> got) {
        if (deep) {
            deep = got.size() >= batch / 2;
            patience = PATIENCE;
        } else if (batch >= 2 * PART && got.size() == batch && patience-- <= 0) {
            deep = got.stream().map(held -> held.message().key()).distinct().count() == batch;
        }
    }
}

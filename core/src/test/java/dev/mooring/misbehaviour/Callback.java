package dev.mooring.misbehaviour;

import dev.mooring.DependencyBuilder;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.probe.Probe;
import dev.mooring.probe.ProbeAnswer;
import dev.mooring.probe.ProbeAttempt;
import dev.mooring.probe.Recovery;
import java.net.ConnectException;
import java.util.Optional;

/** The callbacks that an application hands over with a dependency. */
enum Callback {
    /** Reads the kind of each failed probe. */
    CLASSIFIER(true) {
        @Override
        void into(DependencyBuilder builder, Scene scene) {
            builder.probe(answering(scene)).failures(new FailureClassifier() {
                @Override
                public Optional<FailureKind> classify(Throwable error) {
                    scene.misbehave();
                    return null;
                }
            });
        }
    },
    PROBE(true) {
        @Override
        void into(DependencyBuilder builder, Scene scene) {
            builder.probe(attempt -> {
                if (scene.isWell()) {
                    return ProbeAnswer.well();
                }
                scene.misbehave();
                return null;
            });
        }
    },
    /** A probe that hangs, and whose resource misbehaves when the supervisor gives it up. */
    CLOSING_OF_A_PROBE(true) {
        @Override
        void into(DependencyBuilder builder, Scene scene) {
            builder.probe(attempt -> {
                if (scene.isWell()) {
                    return ProbeAnswer.well();
                }
                return hang(attempt, scene);
            });
        }
    },
    RECOVERY_OPENED(true) {
        @Override
        void into(DependencyBuilder builder, Scene scene) {
            builder.probe(answering(scene)).recovery(new Recovery() {
                @Override
                public void opened() {
                    scene.misbehave();
                }

                @Override
                public void verify() {}
            });
        }
    },
    /** After an outage nothing but a verification lets calls in. */
    RECOVERY_VERIFY(true) {
        @Override
        void into(DependencyBuilder builder, Scene scene) {
            builder.probe(answering(scene)).recovery(new Recovery() {
                @Override
                public void opened() {}

                @Override
                public void verify() {
                    if (!scene.isWell()) {
                        scene.misbehave();
                    }
                }
            });
        }
    },
    START_TASK(false) {
        @Override
        void into(DependencyBuilder builder, Scene scene) {
            builder.probe(attempt -> ProbeAnswer.well()).startTask("misbehaving", scene::misbehave);
        }
    };

    /** Whether the dependency has to fall before the callback is called. */
    final boolean inAnOutage;

    Callback(boolean inAnOutage) {
        this.inAnOutage = inAnOutage;
    }

    /** Describes a dependency whose callback misbehaves as soon as the scene is not well. */
    abstract void into(DependencyBuilder builder, Scene scene);

    private static Probe answering(Scene scene) {
        return attempt -> {
            if (!scene.isWell()) {
                throw new ConnectException("Connection refused");
            }
            return ProbeAnswer.well();
        };
    }

    private static ProbeAnswer hang(ProbeAttempt attempt, Scene scene) {
        attempt.onAbandon(scene::misbehave);
        scene.hang();
        return ProbeAnswer.well();
    }
}

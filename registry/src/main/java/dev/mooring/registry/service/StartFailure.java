package dev.mooring.registry.service;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ExitCode;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.environment.StartFailedException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Why the service did not start, for the person at the terminal.
 *
 * @param lines what is wrong and what to do; empty if the starter has written that already
 * @param exitCode the exit code of {@code serve}
 */
record StartFailure(List<String> lines, int exitCode) {
    /** Explains a failure of the web server, or of any other part. */
    static StartFailure of(Throwable error, Settings settings) {
        Optional<StartFailedException> told = causes(error, StartFailedException.class);
        if (told.isPresent()) {
            return new StartFailure(List.of(), told.get().getExitCode());
        }
        Optional<BindException> unbound = causes(error, BindException.class);
        if (unbound.isPresent()) {
            return unbound(ServiceSettings.PORT, unbound.get(), settings);
        }
        return causes(error, FileSystemException.class)
                .flatMap(unwritten -> TemporaryFolder.failure(unwritten, Path.of(System.getProperty("java.io.tmpdir"))))
                .orElseGet(() -> one(ExitCode.FAILED, "the service did not start: " + deepest(error)));
    }

    /** Explains why the service cannot listen on the port that {@code setting} names. */
    static StartFailure unbound(Setting<Integer> setting, IOException error, Settings settings) {
        String reason = String.valueOf(error.getMessage());
        if (reason.contains("in use")) {
            return one(
                    ExitCode.FAILED,
                    is(setting, settings) + ", which another process listens on; stop that one or set another port");
        }
        if (reason.contains("assign")) {
            return one(
                    ExitCode.MISCONFIGURED,
                    is(ServiceSettings.BIND_ADDRESS, settings) + "; expected "
                            + settings.inForce(ServiceSettings.BIND_ADDRESS)
                                    .setting()
                                    .accepts());
        }
        if (reason.contains("denied")) {
            return one(
                    ExitCode.MISCONFIGURED,
                    is(setting, settings)
                            + ", a port that this user may not listen on: the system keeps low ports for root; set "
                            + setting + " to one from 1024 on, such as 8080, or give the process the capability"
                            + " CAP_NET_BIND_SERVICE");
        }
        return one(ExitCode.FAILED, is(setting, settings) + ", on which the service cannot listen: " + reason);
    }

    private static StartFailure one(int exitCode, String line) {
        return new StartFailure(List.of(line), exitCode);
    }

    private static String is(Setting<?> setting, Settings settings) {
        return setting + " is \"" + settings.find(setting).map(String::valueOf).orElse("off") + "\"";
    }

    private static <T extends Throwable> Optional<T> causes(Throwable error, Class<T> kind) {
        return FailureClassifier.causes(error).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    private static String deepest(Throwable error) {
        List<Throwable> causes = FailureClassifier.causes(error);
        return Failure.oneLine(causes.get(causes.size() - 1));
    }
}

package dev.mooring.registry.service;

import dev.mooring.spring.environment.ExitCode;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The folder for temporary files of this process ({@code java.io.tmpdir}), in which the web server makes its working folder. */
final class TemporaryFolder {
    private TemporaryFolder() {}

    /** Explains {@code failed} when it is about a file in {@code folder}. */
    static Optional<StartFailure> failure(FileSystemException failed, Path folder) {
        String file = failed.getFile();
        if (file == null || !Path.of(file).startsWith(folder)) {
            return Optional.empty();
        }
        return Optional.of(new StartFailure(
                List.of("java.io.tmpdir is \"" + folder + "\", where the service cannot make its working folder: "
                        + reason(failed) + "; expected a folder that this user may write: create or mount it, or name"
                        + " another one with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER"),
                ExitCode.MISCONFIGURED));
    }

    private static String reason(FileSystemException failed) {
        if (failed instanceof NoSuchFileException) {
            return "it does not exist";
        }
        return failed instanceof AccessDeniedException
                ? "this user may not write there"
                : String.valueOf(failed.getReason());
    }
}

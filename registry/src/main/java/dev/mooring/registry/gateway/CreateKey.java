package dev.mooring.registry.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What makes two requests the same: the caller with its workspace, the path, and the body.
 *
 * @param caller hash of the caller's name and the workspace
 * @param path the path on the MLflow server
 * @param body hash of the body
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared here.
record CreateKey(byte[] caller, String path, byte[] body) {
    static CreateKey of(RegistryCall call) {
        String caller = call.caller() + "\n" + call.workspace().orElse("");
        return new CreateKey(
                hash(caller.getBytes(StandardCharsets.UTF_8)),
                call.call().path().rest(),
                hash(call.body()));
    }

    private static byte[] hash(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

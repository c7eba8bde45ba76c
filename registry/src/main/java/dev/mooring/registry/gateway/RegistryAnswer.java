package dev.mooring.registry.gateway;

/**
 * What MLflow answered to a call on its registry.
 *
 * @param status the HTTP status
 * @param body the whole body, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record RegistryAnswer(int status, byte[] body) {
    /** Whether MLflow did what was asked. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}

package dev.mooring.http;

import dev.mooring.probe.Recovery;

/**
 * Leaves the connections of before an outage behind, and lets calls in again only when the probe's question was answered on a connection as
 * calls use it.
 */
final class ClientRecovery implements Recovery {
    private final Client client;
    private final Exchange exchange;
    private final HttpProbe probe;

    ClientRecovery(Client client, Exchange exchange, HttpProbe probe) {
        this.client = client;
        this.exchange = exchange;
        this.probe = probe;
    }

    @Override
    public void opened() {
        client.renew();
    }

    @Override
    public void verify() throws Exception {
        exchange.verify(HttpCall.get(probe.target()), probe.check());
    }
}

package io.cruddur.obs.test.http;

import io.cruddur.obs.Obs;
import java.util.List;

/**
 * What a server of the contract is started with.
 *
 * @param obs what the adapter under test records with; the server does not close it
 * @param gate where handlers wait for the test
 * @param trustedPeers as for {@code TrustedPeers.of}
 * @param exclude paths that the adapter leaves out
 */
public record ServerSettings(Obs obs, Gate gate, List<String> trustedPeers, List<String> exclude) {
    public ServerSettings {
        trustedPeers = List.copyOf(trustedPeers);
        exclude = List.copyOf(exclude);
    }
}

package io.bowline.rpc.server;

import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;

/**
 * What a server has registered in one registry, as it stands at one moment.
 *
 * @param registry the registry's description
 * @param instance what others are told: the advertised address, the services, their weight and labels
 * @param reason why it is this address that is advertised
 * @param established whether the registry is known to hold it; see {@link Registration#established}
 */
public record RegisteredInstance(String registry, Instance instance, String reason, boolean established) {}

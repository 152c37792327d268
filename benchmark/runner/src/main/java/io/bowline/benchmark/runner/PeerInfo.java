package io.bowline.benchmark.runner;

import java.util.List;

/**
 * A peer, as the results know it.
 *
 * @param description framework, version and configuration, in its own words
 * @param async whether it has asynchronous calls
 * @param flags what its processes need on top of everybody's
 */
record PeerInfo(String name, String description, boolean async, List<String> flags) {}

/** A real Nacos server in a process of its own, for tests and examples. */
@NullMarked
package io.bowline.rpc.registry.nacos.server;

import org.jspecify.annotations.NullMarked;

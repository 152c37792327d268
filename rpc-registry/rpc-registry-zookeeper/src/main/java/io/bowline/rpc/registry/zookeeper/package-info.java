/** Discovery through ZooKeeper. */
@NullMarked
package io.bowline.rpc.registry.zookeeper;

import org.jspecify.annotations.NullMarked;

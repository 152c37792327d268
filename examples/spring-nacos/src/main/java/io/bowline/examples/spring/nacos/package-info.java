/** The provider and the consumer of the ZooKeeper example, found through a real Nacos server. */
@NullMarked
package io.bowline.examples.spring.nacos;

import org.jspecify.annotations.NullMarked;

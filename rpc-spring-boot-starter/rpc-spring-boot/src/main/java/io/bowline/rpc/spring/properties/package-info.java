/**
 * What may stand in configuration under {@code rpc}: one record for each group of properties, all of them silent until
 * somebody sets them, and how they become options of clients and servers.
 */
@NullMarked
package io.bowline.rpc.spring.properties;

import org.jspecify.annotations.NullMarked;

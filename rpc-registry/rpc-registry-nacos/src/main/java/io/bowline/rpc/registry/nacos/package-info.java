/** Discovery through Nacos. */
@NullMarked
package io.bowline.rpc.registry.nacos;

import org.jspecify.annotations.NullMarked;

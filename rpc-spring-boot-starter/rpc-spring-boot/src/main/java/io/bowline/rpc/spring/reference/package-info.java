/** References: where they are wanted, the beans that they become, and the making of their proxies. */
@NullMarked
package io.bowline.rpc.spring.reference;

import org.jspecify.annotations.NullMarked;

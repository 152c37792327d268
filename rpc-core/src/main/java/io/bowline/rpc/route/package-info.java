/** Which providers a call may go to: rules as data, and the balancer around balancers that obeys them. */
@NullMarked
package io.bowline.rpc.route;

import org.jspecify.annotations.NullMarked;

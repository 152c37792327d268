/** Where the application registers its services and finds those of others. */
@NullMarked
package io.bowline.rpc.spring.registry;

import org.jspecify.annotations.NullMarked;

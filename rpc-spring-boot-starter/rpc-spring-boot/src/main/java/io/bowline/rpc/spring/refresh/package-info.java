/** Properties that change while the application runs. */
@NullMarked
package io.bowline.rpc.spring.refresh;

import org.jspecify.annotations.NullMarked;

/** Who hears of calls: metrics, traces and logs, wired to what the application has. */
@NullMarked
package io.bowline.rpc.spring.observe;

import org.jspecify.annotations.NullMarked;

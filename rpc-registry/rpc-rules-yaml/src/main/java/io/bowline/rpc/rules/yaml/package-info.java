/** Routing rules written in YAML or JSON. */
@NullMarked
package io.bowline.rpc.rules.yaml;

import org.jspecify.annotations.NullMarked;

/** A large file through a stream: {@code examples/file-transfer/run}. */
@NullMarked
package io.bowline.examples.filetransfer;

import org.jspecify.annotations.NullMarked;

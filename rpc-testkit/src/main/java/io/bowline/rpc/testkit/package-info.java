/** Contract tests, fakes and fault injection, for users and for authors of plugins. */
@NullMarked
package io.bowline.rpc.testkit;

import org.jspecify.annotations.NullMarked;

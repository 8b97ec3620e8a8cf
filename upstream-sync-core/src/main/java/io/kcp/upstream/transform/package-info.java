/** A physical object becomes the desired object; the forms in which objects are compared. */
@NullMarked
package io.kcp.upstream.transform;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.kcp.upstream.spi;

import org.jspecify.annotations.NullMarked;

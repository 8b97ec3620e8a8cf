package io.kcp.upstream.sync;

import io.kcp.upstream.spi.ObjectTree;

/**
 * What was found upstream where a copy is to be changed.
 *
 * @param parts digests of what we own of it
 * @param remembered whether it is as the mirror shows it, and was not read: it may be outdated
 */
record Look(ObjectTree live, Forms.Parts parts, boolean remembered) {}

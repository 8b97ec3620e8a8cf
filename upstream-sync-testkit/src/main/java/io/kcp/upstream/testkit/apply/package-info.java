/**
 * What an API server does to an object before it stores it: schemas, server-side apply, managed
 * fields, patches. Pure functions over JSON trees of JDK maps and lists. Not for users of the
 * testkit.
 */
@NullMarked
package io.kcp.upstream.testkit.apply;

import org.jspecify.annotations.NullMarked;

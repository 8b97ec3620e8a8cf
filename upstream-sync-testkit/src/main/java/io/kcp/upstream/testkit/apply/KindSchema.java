package io.kcp.upstream.testkit.apply;

/**
 * @param root the type of the whole object
 * @param hasStatus whether the kind has a {@code /status} subresource: then the main endpoint does
 *     not own status
 * @param custom whether the kind is a custom resource: its {@code /status} owns nothing but status
 */
record KindSchema(Type root, boolean hasStatus, boolean custom) implements Schema {}

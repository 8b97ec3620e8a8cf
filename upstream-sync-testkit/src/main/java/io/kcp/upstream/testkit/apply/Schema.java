package io.kcp.upstream.testkit.apply;

/**
 * What the server knows about the fields of one kind: their types, how lists and maps merge, and
 * which fields a write may not own. Made by {@link Schemas}; immutable and safe to share.
 */
public sealed interface Schema permits KindSchema {}

package io.kcp.upstream.testkit.apply;

/**
 * One reason why an object is invalid; a cause of the 422.
 *
 * @param field such as {@code spec.replicas}
 * @param reason such as {@code FieldValueRequired}
 * @param message without the field, such as {@code Required value}
 */
public record FieldError(String field, String reason, String message) {}

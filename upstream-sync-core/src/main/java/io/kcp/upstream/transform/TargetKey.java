package io.kcp.upstream.transform;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a SyncTarget is called in the label of its copies: the same text as kcp's own syncer used,
 * so that tools find them.
 */
public record TargetKey(String value) {
  private static final String DIGITS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

  /**
   * The key of a SyncTarget.
   *
   * @param cluster the logical cluster's name, or the UID of kube-system on a server that is no kcp
   */
  public static TargetKey of(String cluster, String syncTarget) {
    byte[] hash = sha224((cluster + ":" + syncTarget).getBytes(StandardCharsets.UTF_8));
    return new TargetKey(base62(new BigInteger(1, hash)));
  }

  /** The ownership label: {@code state.workload.kcp.io/<key>}. */
  public String label() {
    return SyncKeys.STATE_LABEL_PREFIX + value;
  }

  private static byte[] sha224(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-224").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-224", e);
    }
  }

  private static String base62(BigInteger number) {
    StringBuilder digits = new StringBuilder();
    for (BigInteger rest = number; rest.signum() > 0; rest = rest.divide(BASE)) {
      digits.append(DIGITS.charAt(rest.mod(BASE).intValue()));
    }
    return digits.isEmpty() ? "0" : digits.reverse().toString();
  }
}

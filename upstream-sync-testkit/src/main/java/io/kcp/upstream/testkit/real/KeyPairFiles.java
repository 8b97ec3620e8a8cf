package io.kcp.upstream.testkit.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** A new key pair for service account tokens, in two PEM files. */
record KeyPairFiles(Path privateKey, Path publicKey) {
  static KeyPairFiles create(Path folder) {
    KeyPairFiles files = new KeyPairFiles(folder.resolve("sa.key"), folder.resolve("sa.pub"));
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      Files.writeString(files.privateKey, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
      Files.writeString(files.publicKey, pem("PUBLIC KEY", keys.getPublic().getEncoded()));
      return files;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JVM has no P-256 keys", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String pem(String type, byte[] content) {
    byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
    String base64 = Base64.getMimeEncoder(64, newline).encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, base64, type);
  }
}

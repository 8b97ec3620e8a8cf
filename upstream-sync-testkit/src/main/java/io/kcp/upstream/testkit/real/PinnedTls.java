package io.kcp.upstream.testkit.real;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS that trusts one server: the one that wrote this certificate for itself. */
final class PinnedTls {
  private PinnedTls() {}

  /** The context; empty while the file is not there or not complete. */
  static Optional<SSLContext> trusting(Path certificate) {
    if (!Files.exists(certificate)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(certificate)) {
      Collection<? extends Certificate> chain =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      return chain.isEmpty() ? Optional.empty() : Optional.of(context(chain));
    } catch (CertificateException e) {
      return Optional.empty(); // half written
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot trust " + certificate, e);
    }
  }

  private static SSLContext context(Collection<? extends Certificate> chain)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    for (Certificate certificate : chain) {
      trusted.setCertificateEntry("server-" + trusted.size(), certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}

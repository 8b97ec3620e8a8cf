package io.kcp.upstream.testkit.contract;

import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A server that is held to the contract, and the few things that only whoever runs it can do. */
interface ContractServer extends AutoCloseable {
  URI uri();

  /** What to trust; empty for plain HTTP. */
  Optional<SSLContext> tls();

  /** The token of an administrator, "" where nobody asks for one. */
  String token();

  /** Lets old resourceVersions and continue tokens expire. */
  void forget();

  /** From now on has next to no seats for who reads config maps of this namespace. */
  void overload(String namespace);

  /** From now on lets nobody but the administrator list or make config maps of this namespace. */
  void deny(String namespace);

  @Override
  void close();
}

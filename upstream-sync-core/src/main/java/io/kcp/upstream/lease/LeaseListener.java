package io.kcp.upstream.lease;

/** Is told who holds the Lease; one call at a time, on a worker, and it must be quick. */
public interface LeaseListener {

  /** This process holds it from now on. */
  void acquired();

  /** This process holds it no more. Not called for {@link LeaseHolder#close}. */
  void lost(String why);

  /** Another process holds it, or it cannot be had; called when the reason changes. */
  void waiting(String why);
}
